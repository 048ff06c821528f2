-- Complaints that are staged twice. severity: error
select
    complaint_id,
    count(*) as rows
from staged.complaints
group by complaint_id
having count(*) > 1
