-- Complaints of certain ids, lent as `wanted_ids`.
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
join wanted_ids using (complaint_id)
order by complaints.complaint_id
