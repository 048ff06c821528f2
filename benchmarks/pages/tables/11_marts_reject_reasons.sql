-- Generated reasons of rejects.
-- One row per load and reason.
select
    load_id,
    source,
    'expected a text; found none' as reason,
    rejected_count as items
from meta.loads
