-- Complaints that were read twice. severity: error
select
    complaint_id,
    count(*) as rows
from enriched.readings
group by complaint_id
having count(*) > 1
