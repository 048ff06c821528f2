-- The receipt of one load.
-- One row, or none when the load was never completed.
select
    source,
    read_count,
    kept_count,
    changed_count,
    duplicate_count,
    rejected_count,
    repaired_count
from meta.loads
where load_id = $load_id
