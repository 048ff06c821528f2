-- Complaints whose wording is that of another, or nearly.
-- One row per complaint in a group of two or more, those of one group together.
select
    copy_group_id,
    complaint_id,
    similarity
from enriched.copies
order by
    copy_group_id,
    complaint_id
