-- Weekly complaints against one merchant, and of them those with one code, over two years.
-- One row per week from the first to the last with a complaint. A week is covered when every
-- source of the merchant declares it complete; is_covered is null where not all declare anything.
with dated as (
    select
        complaint_id,
        source,
        date_trunc('week', event_date)::date as week_start
    from marts.complaints
    where
        merchant_key = $merchant_key
        and event_date is not null
),

span as (
    select
        greatest(min(week_start), max(week_start) - 728) as first_week,
        max(week_start) as last_week
    from dated
),

weeks as (
    select unnest(generate_series(first_week, last_week, interval 1 week))::date as week_start
    from span
    where first_week is not null
),

counts as (
    select
        week_start,
        count(*)::integer as complaints
    from dated
    group by week_start
),

sources as (
    select distinct source
    from dated
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
    join sources using (source)
    cross join span
    where
        coverage.respondent is null
        or coverage.respondent in (
            select raw
            from marts.merchant_names
            where merchant_key = $merchant_key
        )
),

covered as (
    select
        week_start,
        count(*) as sources
    from (
        select
            source,
            date_trunc('week', day)::date as week_start
        from declared_days
        group by
            source,
            week_start
        having count(*) = 7
    ) as whole_weeks
    group by week_start
),

extent as (
    select
        (select count(*) from sources) as sources,
        (select count(distinct source) from declared_days) as declared_sources
)

select
    weeks.week_start,
    null::integer as members,
    coalesce(counts.complaints, case when covered.sources = extent.sources then 0 end) as complaints,
    case
        when counts.complaints is not null or covered.sources = extent.sources
            then coalesce(coded.complaints, 0)
    end as coded,
    modelled.expected,
    modelled.upper,
    case
        when extent.declared_sources = extent.sources
            then coalesce(covered.sources, 0) = extent.sources
    end as is_covered
from weeks
cross join extent
left join counts using (week_start)
left join covered using (week_start)
left join marts.merchant_code_weeks as coded
    on coded.merchant_key = $merchant_key
    and coded.issue_axis = $axis
    and coded.issue_code = $code
    and coded.week_start = weeks.week_start
left join marts.merchant_expected_weeks as modelled
    on modelled.merchant_key = $merchant_key
    and modelled.issue_axis = $axis
    and modelled.issue_code = $code
    and modelled.week_start = weeks.week_start
order by weeks.week_start
