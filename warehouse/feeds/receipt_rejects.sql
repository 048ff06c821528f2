-- Why items of one load were rejected, most first.
-- One row per reason.
select
    reason,
    count(*) as items
from raw.items
where
    load_id = $load_id
    and disposition = 'rejected'
group by reason
order by
    items desc,
    reason
