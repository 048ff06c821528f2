-- Generated copies, by merchant, in groups of up to five hundred.
-- One row per complaint in a group.
select
    merchant_key || '-' || (row_number() over (
        partition by merchant_key
        order by complaint_id
    ) // 500) as copy_group_id,
    complaint_id,
    0.95 as similarity
from marts.complaints
where is_copy
order by
    copy_group_id,
    complaint_id
