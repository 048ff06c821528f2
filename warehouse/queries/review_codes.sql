-- Codes that people should judge, without the texts.
-- One row per complaint and code, those that decide most first.
select
    place,
    complaint_id,
    axis,
    code
from marts.review_codes
order by place
