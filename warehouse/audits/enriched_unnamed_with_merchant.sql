-- Unnamed respondents that were given a merchant all the same. severity: error
select
    complaint_id,
    merchant_key
from enriched.respondents
where
    identity = 'unnamed'
    and merchant_key is not null
