-- The complaints that belong to a candidate; near misses are not among them.
-- One row per member.
select complaint_id
from marts.candidate_members
where
    candidate_id = $candidate_id
    and is_member
order by complaint_id
