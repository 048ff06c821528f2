-- Complaints whose source wrote an amount that could not be read; it counts as unknown. severity: warning
select
    complaints.complaint_id,
    complaints.version_no
from staged.complaints
join raw.records using (source, record_id, version_no)
where
    raw.clean(records.amount_value) is not null
    and complaints.amount_value is null
