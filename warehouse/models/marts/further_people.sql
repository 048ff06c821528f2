-- Possible people beyond the members of candidates.
-- One row per candidate and complaint that tells of them or is theirs.
select
    candidates.candidate_id,
    further_people.complaint_id,
    further_people.how,
    further_people.people,
    further_people.counterparty_id,
    further_people.span
from enriched.further_people
join casework.candidates using (cluster_id)
order by
    candidates.candidate_id,
    further_people.how,
    further_people.complaint_id
