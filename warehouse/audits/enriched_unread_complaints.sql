-- Complaints that were not read, or readings without a complaint. severity: error
select
    coalesce(complaints.complaint_id, readings.complaint_id) as complaint_id
from staged.complaints
full join enriched.readings using (complaint_id)
where
    complaints.complaint_id is null
    or readings.complaint_id is null
