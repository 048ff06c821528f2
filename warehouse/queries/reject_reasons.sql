-- Why items were rejected, over all loads.
-- One row per source and reason, most items first.
select
    source,
    reason,
    sum(items)::bigint as items
from marts.reject_reasons
group by
    source,
    reason
order by
    items desc,
    source,
    reason
limit $limit
