-- Complaints whose source wrote a date that could not be read; they count as undated. severity: warning
select
    complaints.complaint_id,
    complaints.version_no
from staged.complaints
join raw.records using (source, record_id, version_no)
where
    (raw.clean(records.published_at) is not null and complaints.published_at is null)
    or (raw.clean(records.received_at) is not null and complaints.received_at is null)
