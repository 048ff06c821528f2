-- Why items were rejected, over all loads.
-- One row per source and reason, most items first; load_count is in how many loads, last_load_id
-- the latest of them, rejected_count how many items were rejected in all.
select
    rejects.source,
    sources.label_zh,
    sources.label_en,
    rejects.reason,
    sum(rejects.items)::bigint as items,
    count(*) as load_count,
    arg_max(rejects.load_id, loads.loaded_at) as last_load_id,
    (select coalesce(sum(items), 0)::bigint from marts.reject_reasons) as rejected_count
from marts.reject_reasons as rejects
join meta.loads as loads using (load_id)
left join codes.sources as sources on rejects.source = sources.source
group by
    rejects.source,
    sources.label_zh,
    sources.label_en,
    rejects.reason
order by
    items desc,
    rejects.source,
    rejects.reason
limit $limit
