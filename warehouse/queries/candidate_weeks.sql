-- The timeline of one candidate.
-- One row per week, oldest first. Counts of a week without any are zero where it is covered, and
-- null elsewhere: missing is not zero.
select
    week_start,
    case when members > 0 or is_covered then members end as members,
    case when complaints > 0 or is_covered then complaints end as complaints,
    expected,
    upper,
    is_covered
from marts.candidate_weeks
where candidate_id = $candidate_id
order by week_start
