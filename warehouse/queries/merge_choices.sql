-- The candidates that one may be merged with: those of its merchant first, then by rank.
-- One row per candidate; at most $limit. $merchant_key may be null.
select
    candidate_id,
    merchant_name,
    issue_axis,
    issue_code,
    label_zh,
    label_en,
    topic_terms
from marts.candidates
where candidate_id != $candidate_id
order by
    merchant_key is not distinct from $merchant_key desc,
    rank
limit $limit
