-- Complaints with more than one respondent. severity: error
select
    complaint_id,
    count(*) as rows
from enriched.respondents
group by complaint_id
having count(*) > 1
