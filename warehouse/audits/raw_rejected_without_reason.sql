-- Rejected items that do not say why. severity: error
select
    load_id,
    item_no
from raw.items
where
    disposition = 'rejected'
    and coalesce(reason, '') = ''
