-- The latest run that ended with a build.
-- One row, or none before the first.
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
where
    ended_at is not null
    and build_id is not null
order by started_at desc
limit 1
