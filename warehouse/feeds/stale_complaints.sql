-- What reading needs of complaints never read, or read from other content or by other versions.
-- One row per complaint.
select inputs.*
from staged.reading_inputs() as inputs
left join enriched.readings using (complaint_id)
where
    readings.complaint_id is null
    or readings.input_hash <> inputs.input_hash
    or readings.step_version <> $step_version
    or readings.taxonomy_version <> $taxonomy_version
