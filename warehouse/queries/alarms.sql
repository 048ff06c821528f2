-- The alarms of the newest seven covered days, new ones first.
-- One row per merchant, axis and code; at most $limit.
select
    place,
    merchant_key,
    merchant_name,
    issue_axis,
    issue_code,
    label_zh,
    label_en,
    observed,
    expected,
    p_value,
    is_within_budget,
    is_lasting,
    candidate_id
from marts.alarms
order by place
limit $limit
