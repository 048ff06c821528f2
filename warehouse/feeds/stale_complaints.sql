-- What reading needs of complaints never read, read from other content or by other versions, or
-- read in part only because a step failed. One row per complaint.
select inputs.*
from staged.reading_inputs() as inputs
left join enriched.readings using (complaint_id)
where
    readings.complaint_id is null
    or readings.input_hash <> inputs.input_hash
    or readings.step_version <> $step_version
    or readings.taxonomy_version <> $taxonomy_version
    or inputs.complaint_id in (select complaint_id from meta.issues where step <> 'labels')
