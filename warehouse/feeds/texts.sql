-- The redacted texts of all that was read, in no order.
-- One row per complaint.
select
    complaint_id,
    redacted_text
from enriched.readings
