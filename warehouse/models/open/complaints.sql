-- Redacted complaints of sources that are already public; nothing finer than a province.
-- One row per complaint.
select
    complaints.complaint_id,
    complaints.source,
    complaints.record_id,
    complaints.event_date,
    complaints.merchant_key,
    complaints.merchant_name,
    complaints.sector,
    complaints.language,
    complaints.region as province,
    complaints.outcome,
    complaints.loss_value,
    complaints.loss_currency,
    complaints.redacted_text,
    complaints.title_length
from marts.complaints
join codes.sources using (source)
where sources.is_public
order by
    complaints.merchant_key nulls last,
    complaints.complaint_id
