-- The codes of one complaint with their labels and passages.
-- One row per axis, code and is_alleged; alleged first, surest first.
select
    codings.axis,
    codings.code,
    entries.label_zh,
    entries.label_en,
    codings.is_alleged,
    codings.origin,
    codings.score,
    codings.spans
from marts.complaint_codes as codings
join codes.entries as entries using (axis, code)
where codings.complaint_id = $complaint_id
order by
    codings.is_alleged desc,
    codings.score desc,
    codings.axis,
    codings.code
