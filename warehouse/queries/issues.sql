-- Trouble that steps had with single complaints, as this build read them.
-- One row per step and reason, most complaints first.
select
    step,
    reason,
    count(distinct complaint_id) as complaints
from meta.issues
group by
    step,
    reason
order by
    complaints desc,
    step,
    reason
limit $limit
