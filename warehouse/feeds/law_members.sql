-- What the law asks of the members of clusters.
-- One row per cluster and member, those of one cluster together.
with links as (
    select
        respondents.complaint_id,
        respondents.merchant_key,
        min(parties.span) as span
    from enriched.respondents
    left join enriched.parties
        on respondents.complaint_id = parties.complaint_id
        and respondents.raw = parties.raw
    group by
        respondents.complaint_id,
        respondents.merchant_key
)

select
    clusters.cluster_id,
    clusters.merchant_key,
    clusters.issue_axis,
    clusters.complainants_certain,
    clusters.complainants_possible,
    cluster_members.complaint_id,
    cluster_members.person_no,
    cluster_members.surely_no,
    cluster_members.is_alleging,
    links.merchant_key as respondent_key,
    links.span as respondent_span,
    findings.spans,
    complaints.source,
    complaints.status,
    complaints.event_date,
    readings.region,
    coalesce(corrected_readings.outcome, readings.outcome) as outcome,
    readings.is_minor,
    readings.redacted_text
from enriched.clusters
join enriched.cluster_members using (cluster_id)
join enriched.readings using (complaint_id)
left join enriched.corrected_readings using (complaint_id)
join staged.complaints using (complaint_id)
left join links using (complaint_id)
left join enriched.believed_findings() as findings
    on cluster_members.complaint_id = findings.complaint_id
    and clusters.issue_axis = findings.axis
    and clusters.issue_code = findings.code
    and findings.is_alleged
where cluster_members.is_member
order by
    clusters.cluster_id,
    cluster_members.complaint_id
