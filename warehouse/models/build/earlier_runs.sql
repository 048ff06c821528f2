-- The runs before the one that publishes, which adds itself.
-- One row per run.
select
    run_id,
    started_at,
    ended_at,
    input_fingerprint,
    complaint_count,
    reread_count,
    build_id,
    stages
from meta.runs
where run_id <> $run_id
