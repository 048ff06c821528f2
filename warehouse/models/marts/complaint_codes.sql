-- Codes of every complaint, with the passages that say so.
-- One row per complaint, axis, code and is_alleged, those of one code together.
select
    findings.complaint_id,
    findings.axis,
    findings.code,
    findings.is_alleged,
    findings.origin,
    findings.score,
    findings.spans
from enriched.believed_findings() as findings
order by
    findings.axis,
    findings.code,
    findings.complaint_id
