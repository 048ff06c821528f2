-- Why items were rejected, over all loads.
-- One row per source and reason, most items first.
select
    rejects.source,
    sources.label_zh,
    sources.label_en,
    rejects.reason,
    sum(rejects.items)::bigint as items
from marts.reject_reasons as rejects
left join codes.sources as sources using (source)
group by all
order by
    items desc,
    rejects.source,
    rejects.reason
limit $limit
