-- Findings whose code the taxonomy does not have. severity: error
select
    findings.complaint_id,
    findings.axis,
    findings.code
from enriched.believed_findings() as findings
left join codes.entries using (axis, code)
where entries.code is null
