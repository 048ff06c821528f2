-- Whether any of the complaints that arrive was read before.
-- One row if so, none if not.
select complaint_id
from enriched.readings
where complaint_id in (select complaint_id from arriving)
limit 1
