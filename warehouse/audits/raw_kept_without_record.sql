-- Kept items without a record, or records without a kept item. severity: error
with kept as (
    select
        load_id,
        item_no
    from raw.items
    where disposition = 'kept'
)

select
    coalesce(kept.load_id, records.load_id) as load_id,
    coalesce(kept.item_no, records.item_no) as item_no
from kept
full join raw.records using (load_id, item_no)
where
    kept.load_id is null
    or records.load_id is null
