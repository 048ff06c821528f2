-- Findings and respondents whose score is not from 0 to 1. severity: error
select
    complaint_id,
    code as subject,
    score
from enriched.findings
where not score between 0 and 1
union all
select
    complaint_id,
    merchant_key as subject,
    score
from enriched.respondents
where not score between 0 and 1
