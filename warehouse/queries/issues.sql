-- Trouble that steps had with single complaints, as this build read them.
-- One row per step and reason, most complaints first; issue_count is how many such rows there are,
-- troubled_count how many complaints a step failed on, so that they were read in part only.
select
    step,
    reason,
    count(distinct complaint_id) as complaints,
    count(*) over () as issue_count,
    (
        select count(distinct complaint_id)
        from meta.issues
        where step <> 'labels'
    ) as troubled_count
from meta.issues
group by
    step,
    reason
order by
    complaints desc,
    step,
    reason
limit $limit
