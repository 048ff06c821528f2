-- Which of some complaints the build holds.
-- One row per complaint.
select complaint_id
from marts.complaints
where list_contains($complaint_ids, complaint_id)
order by complaint_id
