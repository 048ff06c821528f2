-- What every generated load covers: its own day, with gaps.
-- One row per declaration.
select
    load_id,
    source,
    null as respondent,
    loaded_at::date as covered_from,
    loaded_at::date as covered_to
from meta.loads
where hash(load_id) % 10 > 0
