-- Losses that are not above zero, or lack a currency; an unknown loss is null. severity: error
select
    complaint_id,
    loss_value,
    loss_currency
from enriched.readings
where
    loss_value <= 0
    or (loss_value is null) <> (loss_currency is null)
