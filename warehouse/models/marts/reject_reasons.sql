-- Why items were rejected.
-- One row per load and reason.
select
    items.load_id,
    items.source,
    items.reason,
    count(*) as items
from raw.items
where items.disposition = 'rejected'
group by
    items.load_id,
    items.source,
    items.reason
order by
    items.load_id,
    items.reason
