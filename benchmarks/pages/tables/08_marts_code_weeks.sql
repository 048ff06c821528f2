-- Generated dated complaints per alleged code and week.
-- One row per axis, code, week and source.
select
    codings.axis as issue_axis,
    codings.code as issue_code,
    date_trunc('week', complaints.event_date)::date as week_start,
    complaints.source,
    count(*) as complaints
from marts.complaint_codes as codings
join marts.complaints using (complaint_id)
where complaints.event_date is not null
group by
    codings.axis,
    codings.code,
    week_start,
    complaints.source
