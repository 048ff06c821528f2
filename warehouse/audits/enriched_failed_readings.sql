-- Complaints that a step failed on, so that they were read in part only. severity: warning
-- A label that is mapped to no code is no failure: the rest of its complaint was read.
select
    complaint_id,
    step,
    reason
from meta.issues
where step <> 'labels'
