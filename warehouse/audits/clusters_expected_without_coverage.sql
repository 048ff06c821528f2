-- Clusters with an expected count whose window begins or ends on a day that no period covers for their merchant. severity: error
with periods as (
    select
        coverage.respondent is null as is_for_everyone,
        merchant_names.merchant_key,
        coverage.covered_from,
        coverage.covered_to
    from meta.coverage
    left join enriched.merchant_names on coverage.respondent = merchant_names.raw
),

ends as (
    select
        cluster_id,
        merchant_key,
        expected,
        unnest([window_start, window_end]) as day
    from enriched.clusters
    where expected is not null
)

select
    ends.cluster_id,
    ends.merchant_key,
    ends.day,
    ends.expected
from ends
where not exists (
    select 1
    from periods
    where
        (periods.is_for_everyone or periods.merchant_key = ends.merchant_key)
        and ends.day between periods.covered_from and periods.covered_to
)
