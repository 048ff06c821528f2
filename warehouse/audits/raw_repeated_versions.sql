-- Versions of records that are there twice. severity: error
select
    source,
    record_id,
    version_no,
    count(*) as rows
from raw.records
group by
    source,
    record_id,
    version_no
having count(*) > 1
