-- The latest runs.
-- One row per run, latest first.
select
    run_id,
    started_at,
    ended_at,
    complaint_count,
    reread_count,
    build_id,
    stages
from meta.runs
order by started_at desc
limit $limit
