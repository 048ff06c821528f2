-- Generated complaints per merchant and alleged code.
-- One row per merchant, axis and code.
select
    complaints.merchant_key,
    any_value(complaints.merchant_name) as merchant_name,
    codings.axis as issue_axis,
    codings.code as issue_code,
    count(*) as complaints,
    min(complaints.event_date) as first_date,
    max(complaints.event_date) as last_date
from marts.complaint_codes as codings
join marts.complaints using (complaint_id)
group by
    complaints.merchant_key,
    codings.axis,
    codings.code
order by
    complaints.merchant_key,
    codings.axis,
    codings.code
