-- Passages that do not lie in the redacted text. severity: error
with spans as (
    select
        complaint_id,
        'findings' as place,
        unnest(spans) as span
    from enriched.findings
    union all
    select
        complaint_id,
        'amounts' as place,
        span
    from enriched.amounts
    union all
    select
        complaint_id,
        'dates' as place,
        span
    from enriched.dates
    union all
    select
        complaint_id,
        'parties' as place,
        span
    from enriched.parties
    where span is not null
)

select
    spans.complaint_id,
    spans.place,
    spans.span,
    length(readings.redacted_text) as text_length
from spans
join enriched.readings using (complaint_id)
where
    spans.span[1] < 0
    or spans.span[2] <= spans.span[1]
    or spans.span[2] > length(readings.redacted_text)
