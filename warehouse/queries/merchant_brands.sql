-- The merchants that one owns, as far as the taxonomy knows, with their complaints.
-- One row per merchant, that with most complaints first.
select
    brands.merchant_key,
    brands.merchant_name,
    coalesce(merchants.complaints, 0) as complaints
from codes.merchants as brands
left join marts.merchants using (merchant_key)
where brands.parent_key = $merchant_key
order by
    complaints desc,
    brands.merchant_key
