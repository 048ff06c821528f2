-- Members of candidates and near misses, with the passages that allege the candidate's code.
-- One row per candidate and complaint.
select
    candidates.candidate_id,
    cluster_members.complaint_id,
    cluster_members.is_member,
    cluster_members.person_no,
    cluster_members.typicality,
    cluster_members.why,
    coalesce(findings.spans, []) as spans
from enriched.cluster_members
join enriched.clusters using (cluster_id)
join casework.candidates using (cluster_id)
left join enriched.believed_findings() as findings
    on cluster_members.complaint_id = findings.complaint_id
    and clusters.issue_axis = findings.axis
    and clusters.issue_code = findings.code
    and findings.is_alleged
order by
    candidates.candidate_id,
    cluster_members.is_member desc,
    cluster_members.typicality desc,
    cluster_members.complaint_id
