-- The codes to be judged at some places of the queue, with text, passages and candidate.
-- One row per place.
select
    review_codes.place,
    review_codes.complaint_id,
    review_codes.axis,
    review_codes.code,
    entries.label_zh,
    entries.label_en,
    entries.definition_zh,
    entries.definition_en,
    review_codes.score,
    review_codes.doubt,
    review_codes.candidate_id,
    review_codes.candidate_rank,
    review_codes.is_of_candidate,
    review_codes.spans,
    complaints.merchant_name,
    complaints.redacted_text,
    complaints.title_length
from marts.review_codes
join marts.complaints using (complaint_id)
join codes.entries as entries using (axis, code)
where list_contains($places, review_codes.place)
order by review_codes.place
