-- Answers that members of candidates tell of in their own texts.
-- One row per complaint and answer.
select
    complaint_id,
    place,
    "by",
    stance,
    span
from enriched.member_answers
order by
    complaint_id,
    place
