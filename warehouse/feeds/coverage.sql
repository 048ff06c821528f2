-- Declared periods of full coverage, with the merchant they were declared for.
-- One row per declaration.
select distinct
    coverage.source,
    coverage.respondent,
    merchant_names.merchant_key,
    coverage.covered_from,
    coverage.covered_to
from meta.coverage
left join enriched.merchant_names on coverage.respondent = merchant_names.raw
order by
    coverage.source,
    coverage.respondent,
    coverage.covered_from,
    coverage.covered_to
