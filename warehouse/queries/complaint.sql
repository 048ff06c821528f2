-- One complaint, redacted.
-- One row, or none when the build does not hold it.
select
    complaint_id,
    source,
    record_id,
    event_date,
    merchant_key,
    merchant_name,
    identity,
    kind,
    language,
    region,
    outcome,
    loss_value,
    loss_currency,
    redacted_text,
    title_length,
    has_replies,
    is_copy,
    version_count
from marts.complaints
where complaint_id = $complaint_id
