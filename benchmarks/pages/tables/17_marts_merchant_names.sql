-- Generated names, as many as are kept of a merchant.
-- One row per merchant and name.
select
    merchants.merchant_key,
    merchants.merchant_name || ' ' || names.place as raw,
    31 - names.place as complaints,
    0.8 as score,
    'the name as written' as why
from marts.merchants
cross join range(1, 31) as names (place)
order by
    merchants.merchant_key,
    complaints desc
