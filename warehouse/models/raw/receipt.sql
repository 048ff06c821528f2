-- The receipt of the load: what was read and what became of it.
-- One row.
select
    $load_id as load_id,
    $source as source,
    $at as loaded_at,
    $is_backfill as is_backfill,
    count(*) as read_count,
    count(*) filter (where judged_items.disposition = 'kept') as kept_count,
    count(*) filter (where judged_items.reason = 'changed') as changed_count,
    count(*) filter (where judged_items.disposition = 'duplicate') as duplicate_count,
    count(*) filter (where judged_items.disposition = 'rejected') as rejected_count,
    count(*) filter (where incoming.is_repaired) as repaired_count
from incoming
join judged_items using (item_no)
