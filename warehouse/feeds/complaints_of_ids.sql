-- What reading needs of complaints of certain ids, lent as `wanted_ids`.
-- One row per complaint.
select inputs.*
from staged.reading_inputs() as inputs
join wanted_ids using (complaint_id)
order by inputs.complaint_id
