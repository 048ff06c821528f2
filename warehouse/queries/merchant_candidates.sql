-- The candidates against one merchant: those of this build, then those that earlier builds had.
-- One row per candidate, the highest first.
select
    candidate_id,
    rank,
    merchant_name,
    issue_axis,
    label_zh,
    label_en,
    topic_terms,
    complainants_certain,
    complainants_possible,
    window_start,
    window_end,
    null::date as last_flagged_on
from marts.candidates
where merchant_key = $merchant_key
union all
select
    candidate_id,
    null as rank,
    merchant_name,
    issue_axis,
    label_zh,
    label_en,
    issue_code as topic_terms,
    null as complainants_certain,
    null as complainants_possible,
    null as window_start,
    null as window_end,
    last_flagged_on
from marts.retired_candidates
where merchant_key = $merchant_key
order by
    rank nulls last,
    last_flagged_on desc,
    candidate_id
