-- Complaints that were read but are staged no longer.
-- One row per complaint.
select complaint_id
from enriched.readings
anti join staged.complaints using (complaint_id)
