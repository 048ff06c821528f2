-- Codes that are there twice. severity: error
select
    axis,
    code,
    count(*) as rows
from codes.entries
group by
    axis,
    code
having count(*) > 1
