-- Steps that failed on more than one complaint in twenty, and on more than ten: then the
-- fault is not in the records, and too much would be published unread. severity: error
select
    step,
    count(distinct complaint_id) as complaints
from meta.issues
where step <> 'labels'
group by step
having count(distinct complaint_id) > greatest(10, 0.05 * (select count(*) from enriched.readings))
