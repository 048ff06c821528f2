-- Weekly complaints of the codes that occur most on an axis, over the latest weeks of the build.
-- One row per code and week with any complaint, oldest first.
with last_week as (
    select max(week_start) as week_start
    from marts.code_weeks
    where issue_axis = $axis
),

recent as (
    select
        weeks.issue_code,
        weeks.week_start,
        sum(weeks.complaints)::integer as complaints
    from marts.code_weeks as weeks
    cross join last_week
    where weeks.issue_axis = $axis
        and weeks.week_start > last_week.week_start - to_weeks($weeks)
    group by
        weeks.issue_code,
        weeks.week_start
),

most as (
    select issue_code
    from recent
    group by issue_code
    order by
        sum(complaints) desc,
        issue_code
    limit $code_limit
)

select
    recent.issue_code,
    entries.label_zh,
    entries.label_en,
    recent.week_start,
    recent.complaints
from recent
join most using (issue_code)
join codes.entries as entries on entries.axis = $axis and recent.issue_code = entries.code
order by
    recent.issue_code,
    recent.week_start
