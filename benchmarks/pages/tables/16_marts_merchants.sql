-- Generated merchants as a whole.
-- One row per merchant.
select
    merchant_key,
    any_value(merchant_name) as merchant_name,
    any_value(sector) as sector,
    count(*) as complaints,
    count(event_date) as dated,
    min(event_date) as first_date,
    max(event_date) as last_date,
    count(has_replies) as replies_recorded,
    count(*) filter (where has_replies) as replied,
    20 as candidates
from marts.complaints
group by merchant_key
order by merchant_key
