-- What the open build is.
-- One row.
select
    build_id,
    built_at,
    complaint_count,
    candidate_count,
    first_date,
    last_date
from meta.builds
