-- Dated complaints per alleged code, source and week.
-- One row per axis, code, source and week with a complaint.
select
    complaint_codes.axis as issue_axis,
    complaint_codes.code as issue_code,
    date_trunc('week', complaints.event_date)::date as week_start,
    complaints.source,
    count(*)::integer as complaints
from marts.complaint_codes
join marts.complaints using (complaint_id)
where
    complaint_codes.is_alleged
    and complaint_codes.axis in ('pattern', 'wallet', 'nature')
    and complaints.event_date is not null
group by
    complaint_codes.axis,
    complaint_codes.code,
    week_start,
    complaints.source
order by
    complaint_codes.axis,
    complaint_codes.code,
    week_start,
    complaints.source
