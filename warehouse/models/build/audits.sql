-- What the audits found before this build.
-- One row per audit.
select
    run_id,
    audit,
    severity,
    meaning,
    bad_rows
from meta.audits
where run_id = $run_id
