-- Alleged codes of the public rows.
-- One row per complaint, axis and code.
select
    complaint_codes.complaint_id,
    complaint_codes.axis,
    complaint_codes.code,
    complaint_codes.spans
from marts.complaint_codes
join marts.complaints using (complaint_id)
join codes.sources using (source)
where
    sources.is_public
    and complaint_codes.is_alleged
order by
    complaint_codes.axis,
    complaint_codes.code,
    complaint_codes.complaint_id
