-- Readings whose title is longer than the text it heads. severity: error
select
    complaint_id,
    title_length,
    length(redacted_text) as text_length
from enriched.readings
where not title_length between 0 and length(redacted_text)
