-- One merchant as a whole, with the merchant that owns it.
-- One row, or none when no complaint of the build is against it.
select
    merchants.merchant_key,
    merchants.merchant_name,
    merchants.complaints,
    merchants.dated,
    merchants.first_date,
    merchants.last_date,
    merchants.replies_recorded,
    merchants.replied,
    merchants.candidates,
    known.parent_key,
    parents.merchant_name as parent_name
from marts.merchants
left join codes.merchants as known using (merchant_key)
left join codes.merchants as parents on known.parent_key = parents.merchant_key
where merchants.merchant_key = $merchant_key
