-- What is on record against every merchant, as a whole.
-- One row per merchant.
with living as (
    select
        merchant_key,
        count(*)::integer as candidates
    from marts.candidates
    where merchant_key is not null
    group by merchant_key
)

select
    complaints.merchant_key,
    mode(complaints.merchant_name order by complaints.merchant_name) as merchant_name,
    mode(complaints.sector order by complaints.sector) as sector,
    count(*)::integer as complaints,
    count(complaints.event_date)::integer as dated,
    min(complaints.event_date) as first_date,
    max(complaints.event_date) as last_date,
    count(complaints.has_replies)::integer as replies_recorded,
    count(*) filter (where complaints.has_replies)::integer as replied,
    coalesce(any_value(living.candidates), 0) as candidates
from marts.complaints
left join living using (merchant_key)
where complaints.merchant_key is not null
group by complaints.merchant_key
order by complaints.merchant_key
