-- The landed items that were known by a day.
-- One row per item: all of a load that was fetched by then; of a backfill those whose state was
-- known, since what became of its other items tells of no day.
select
    items.load_id,
    items.item_no,
    items.file_no,
    items.source,
    items.record_id,
    items.content_hash,
    items.disposition,
    items.reason,
    items.is_repaired,
    items.rejected_payload
from raw.items
join meta.loads using (load_id)
left join known_versions using (load_id, item_no)
where
    known_versions.item_no is not null
    or (not loads.is_backfill and loads.loaded_at::date <= $day)
