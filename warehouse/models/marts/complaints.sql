-- Every complaint that was read, redacted and with its respondent.
-- One row per complaint, those of one merchant together.
with evidence as (
    select
        complaint_id,
        list(distinct code order by code) as codes
    from enriched.believed_findings() as findings
    where
        axis = 'evidence'
        and is_alleged
    group by complaint_id
)

select
    readings.complaint_id,
    complaints.source,
    complaints.record_id,
    complaints.event_date,
    respondents.merchant_key,
    respondents.merchant_name,
    respondents.sector,
    coalesce(respondents.identity, 'unnamed') as identity,
    coalesce(corrected_readings.kind, readings.kind) as kind,
    readings.language,
    readings.region,
    coalesce(corrected_readings.outcome, readings.outcome) as outcome,
    readings.loss_value,
    readings.loss_currency,
    readings.redacted_text,
    readings.title_length,
    coalesce(evidence.codes, []) as evidence,
    complaints.has_replies,
    copies.complaint_id is not null as is_copy,
    complaints.version_no as version_count
from enriched.readings
left join enriched.corrected_readings using (complaint_id)
join staged.complaints using (complaint_id)
left join enriched.respondents using (complaint_id)
left join evidence using (complaint_id)
left join enriched.copies using (complaint_id)
order by
    respondents.merchant_key nulls last,
    complaints.event_date nulls last,
    readings.complaint_id
