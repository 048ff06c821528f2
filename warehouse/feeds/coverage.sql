-- Declared periods of full coverage, with the merchant they were declared for. What had not settled
-- when it was loaded is not covered: of those days more records were still to be published.
-- One row per declaration.
with settled as (
    select
        coverage.source,
        coverage.respondent,
        coverage.covered_from,
        least(
            coverage.covered_to,
            cast(loads.loaded_at at time zone 'UTC' as date)
            - coalesce(sources.settles_after_days, 0)
        ) as covered_to
    from meta.coverage
    inner join meta.loads using (load_id)
    left join codes.sources on coverage.source = sources.source
)

select distinct
    settled.source,
    settled.respondent,
    merchant_names.merchant_key,
    settled.covered_from,
    settled.covered_to
from settled
left join enriched.merchant_names on settled.respondent = merchant_names.raw
where settled.covered_from <= settled.covered_to
order by
    settled.source,
    settled.respondent,
    settled.covered_from,
    settled.covered_to
