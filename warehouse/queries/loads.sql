-- The receipts of the latest loads.
-- One row per load, latest first; load_count is how many there were in all.
select
    loads.load_id,
    loads.source,
    sources.label_zh,
    sources.label_en,
    loads.loaded_at,
    loads.is_backfill,
    loads.read_count,
    loads.kept_count,
    loads.changed_count,
    loads.duplicate_count,
    loads.rejected_count,
    loads.repaired_count,
    list(coverage.covered_from || '..' || coverage.covered_to order by coverage.covered_from)
        filter (where coverage.load_id is not null) as covers,
    (select count(*) from meta.loads) as load_count
from meta.loads as loads
left join meta.coverage as coverage using (load_id)
left join codes.sources as sources on loads.source = sources.source
group by all
order by
    loads.loaded_at desc,
    loads.load_id
limit $limit
