-- Merchants with complaints, and how many candidates name them.
-- One row per merchant.
with candidate_counts as (
    select
        merchant_key,
        count(*)::integer as candidates
    from marts.candidates
    group by merchant_key
)

select
    complaints.merchant_key,
    mode(complaints.merchant_name order by complaints.merchant_name) as merchant_name,
    mode(complaints.sector order by complaints.sector) as sector,
    count(*)::integer as complaints,
    coalesce(any_value(candidate_counts.candidates), 0) as candidates,
    min(complaints.event_date) as first_date,
    max(complaints.event_date) as last_date
from marts.complaints
left join candidate_counts using (merchant_key)
where complaints.merchant_key is not null
group by complaints.merchant_key
order by
    complaints desc,
    complaints.merchant_key
