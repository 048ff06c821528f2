-- Where the account of a member of a candidate contradicts itself.
-- One row per complaint and contradiction.
select
    complaint_id,
    place,
    field,
    spans
from enriched.member_contradictions
order by
    complaint_id,
    place
