-- Weekly complaints of the codes that occur most on an axis, over the latest weeks of the build.
-- One row per code and week of the span, oldest first. A week without any complaint is zero where
-- every source declares it complete, and null elsewhere: missing is not zero.
with last_week as (
    select max(week_start) as week_start
    from marts.code_weeks
    where issue_axis = $axis
),

recent as (
    select
        weeks.issue_code,
        weeks.week_start,
        weeks.source,
        weeks.complaints
    from marts.code_weeks as weeks
    cross join last_week
    where weeks.issue_axis = $axis
        and weeks.week_start > last_week.week_start - to_weeks($weeks)
),

most as (
    select issue_code
    from recent
    group by issue_code
    order by
        sum(complaints) desc,
        issue_code
    limit $code_limit
),

counts as (
    select
        issue_code,
        week_start,
        sum(complaints)::integer as complaints
    from recent
    join most using (issue_code)
    group by
        issue_code,
        week_start
),

span as (
    select
        min(week_start) as first_week,
        max(week_start) as last_week
    from recent
),

weeks as (
    select unnest(generate_series(first_week, last_week, interval 1 week))::date as week_start
    from span
),

declared_days as (
    select distinct
        coverage.source,
        unnest(
            generate_series(
                greatest(coverage.covered_from, span.first_week),
                least(coverage.covered_to, span.last_week + 6),
                interval 1 day
            )
        )::date as day
    from meta.coverage
    cross join span
    where coverage.respondent is null
),

covered_source_weeks as (
    select
        source,
        date_trunc('week', day)::date as week_start
    from declared_days
    group by
        source,
        week_start
    having count(*) = 7
),

sources as (
    select
        recent_sources.source,
        recent_sources.source in (
            select source
            from meta.coverage
            where respondent is null
        ) as is_declared
    from (select distinct source from recent) as recent_sources
),

coverage_weeks as (
    select
        weeks.week_start,
        case
            when bool_and(sources.is_declared)
                then bool_and(covered_source_weeks.source is not null)
        end as is_covered
    from weeks
    cross join sources
    left join covered_source_weeks
        on sources.source = covered_source_weeks.source
        and weeks.week_start = covered_source_weeks.week_start
    group by weeks.week_start
)

select
    most.issue_code,
    entries.label_zh,
    entries.label_en,
    coverage_weeks.week_start,
    coalesce(counts.complaints, case when coverage_weeks.is_covered then 0 end) as complaints,
    coverage_weeks.is_covered
from most
cross join coverage_weeks
join codes.entries as entries on entries.axis = $axis and most.issue_code = entries.code
left join counts
    on most.issue_code = counts.issue_code
    and coverage_weeks.week_start = counts.week_start
order by
    most.issue_code,
    coverage_weeks.week_start
