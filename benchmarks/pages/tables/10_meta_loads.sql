-- Two thousand generated loads, as after years of daily imports.
-- One row per load.
select
    'load-' || n as load_id,
    'posts' as source,
    $built_at - to_days(n::integer) as loaded_at,
    true as is_backfill,
    500 as read_count,
    490 as kept_count,
    3 as changed_count,
    6 as duplicate_count,
    4 as rejected_count,
    0 as repaired_count
from range(2000) as items (n)
