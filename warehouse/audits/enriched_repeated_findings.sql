-- Findings that are there twice. severity: error
select
    complaint_id,
    axis,
    code,
    is_alleged,
    count(*) as rows
from enriched.findings
group by
    complaint_id,
    axis,
    code,
    is_alleged
having count(*) > 1
