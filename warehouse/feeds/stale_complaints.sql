-- Complaints that were never read, or read from other content or by other versions.
-- One row per complaint.
select
    complaints.complaint_id,
    complaints.source,
    complaints.title,
    complaints.text,
    complaints.respondent_name,
    complaints.platform_name,
    complaints.region_name,
    complaints.amount_value,
    complaints.amount_currency,
    complaints.status,
    complaints.kind,
    complaints.published_at,
    complaints.event_date,
    complaints.problem,
    complaints.demand,
    complaints.product,
    complaints.sub_product,
    complaints.issue,
    complaints.sub_issue,
    complaints.input_hash
from staged.complaints
left join enriched.readings using (complaint_id)
where
    readings.complaint_id is null
    or readings.input_hash <> complaints.input_hash
    or readings.step_version <> $step_version
    or readings.taxonomy_version <> $taxonomy_version
