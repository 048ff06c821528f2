-- Half a year before the window of every dated candidate, and the window.
-- One row per candidate and week.
with weeks as (
    select
        candidate_id,
        rank,
        window_start,
        expected is not null as is_tested,
        unnest(generate_series(
            date_trunc('week', window_start) - interval 26 week,
            date_trunc('week', window_end),
            interval 1 week
        ))::date as week_start
    from marts.candidates
    where window_start is not null
)

select
    candidate_id,
    week_start,
    case when week_start + 6 >= window_start then 1 + hash(week_start) % 4 else 0 end as members,
    case when week_start + 6 >= window_start then 2 + hash(week_start) % 7 else hash(week_start) % 3 end as complaints,
    case when is_tested and hash(week_start) % 8 > 1 then 1.1 + 0.3 * (rank % 3) end as expected,
    case when is_tested and hash(week_start) % 8 > 1 then 3.0 + 0.3 * (rank % 3) end as upper,
    case when is_tested then hash(week_start) % 8 > 1 end as is_covered
from weeks
order by
    candidate_id,
    week_start
