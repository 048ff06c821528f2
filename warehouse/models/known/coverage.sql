-- The periods of full coverage that were known by a day.
-- One row per declaration: as declared by a load that was fetched by then; of a backfill up to
-- that day.
select
    coverage.load_id,
    coverage.source,
    coverage.respondent,
    coverage.covered_from,
    case
        when loads.is_backfill then least(coverage.covered_to, $day::date)
        else coverage.covered_to
    end as covered_to
from meta.coverage
join meta.loads using (load_id)
where
    (loads.is_backfill and coverage.covered_from <= $day)
    or (not loads.is_backfill and loads.loaded_at::date <= $day)
