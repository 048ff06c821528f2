-- Generated dated complaints per merchant, alleged code and week.
-- One row per merchant, axis, code and week.
select
    complaints.merchant_key,
    codings.axis as issue_axis,
    codings.code as issue_code,
    date_trunc('week', complaints.event_date)::date as week_start,
    count(*) as complaints
from marts.complaint_codes as codings
join marts.complaints using (complaint_id)
where complaints.event_date is not null
group by
    complaints.merchant_key,
    codings.axis,
    codings.code,
    week_start
order by
    complaints.merchant_key,
    codings.axis,
    codings.code,
    week_start
