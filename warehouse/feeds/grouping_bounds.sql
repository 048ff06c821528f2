-- Where to divide the complaints that were read into ranges of about so many.
-- One row per range: its first id, in order.
with numbered as (
    select
        complaint_id,
        row_number() over (order by complaint_id) - 1 as place
    from enriched.readings
)

select complaint_id as first_id
from numbered
where place % $rows_per_range = 0
order by first_id
