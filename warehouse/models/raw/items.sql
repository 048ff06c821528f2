-- The judged items of the load as rows of raw.items.
-- One row per incoming item; a rejected item keeps its payload.
select
    $load_id as load_id,
    incoming.item_no,
    incoming.file_no,
    $source as source,
    judged_items.record_id,
    judged_items.content_hash,
    judged_items.disposition,
    judged_items.reason,
    incoming.is_repaired,
    incoming.rejected_payload
from incoming
join judged_items using (item_no)
