-- The timeline of one candidate.
-- One row per week, oldest first.
select
    week_start,
    members,
    complaints,
    expected,
    upper,
    is_covered
from marts.candidate_weeks
where candidate_id = $candidate_id
order by week_start
