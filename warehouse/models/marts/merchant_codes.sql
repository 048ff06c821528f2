-- Complaints per merchant and alleged code.
-- One row per merchant, axis and code.
select
    complaints.merchant_key,
    mode(complaints.merchant_name order by complaints.merchant_name) as merchant_name,
    complaint_codes.axis as issue_axis,
    complaint_codes.code as issue_code,
    count(*)::integer as complaints,
    min(complaints.event_date) as first_date,
    max(complaints.event_date) as last_date
from marts.complaint_codes
join marts.complaints using (complaint_id)
where
    complaint_codes.is_alleged
    and complaint_codes.axis in ('pattern', 'wallet', 'nature')
    and complaints.merchant_key is not null
group by
    complaints.merchant_key,
    complaint_codes.axis,
    complaint_codes.code
order by
    complaints.merchant_key,
    complaint_codes.axis,
    complaint_codes.code
