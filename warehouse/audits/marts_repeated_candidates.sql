-- Candidate ids that are in the worklist twice. severity: error
select
    candidate_id,
    count(*) as rows
from marts.candidates
group by candidate_id
having count(*) > 1
