-- Dated complaints per merchant, alleged code and week.
-- One row per merchant, axis, code and week with a complaint.
select
    complaints.merchant_key,
    complaint_codes.axis as issue_axis,
    complaint_codes.code as issue_code,
    date_trunc('week', complaints.event_date)::date as week_start,
    count(*)::integer as complaints
from marts.complaint_codes
join marts.complaints using (complaint_id)
where
    complaint_codes.is_alleged
    and complaint_codes.axis in ('pattern', 'wallet', 'nature')
    and complaints.merchant_key is not null
    and complaints.event_date is not null
group by
    complaints.merchant_key,
    complaint_codes.axis,
    complaint_codes.code,
    week_start
order by
    complaints.merchant_key,
    complaint_codes.axis,
    complaint_codes.code,
    week_start
