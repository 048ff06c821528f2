-- Two alleged codes for every generated complaint: a pattern and a nature.
-- One row per complaint, axis and code.
select
    complaint_id,
    axis,
    axis || '_' || (1 + hash(complaint_id) % codes) as code,
    true as is_alleged,
    'rule' as origin,
    0.9 as score,
    [[7 + position('提示卡密' in substr(redacted_text, 8)) + 1, 7 + position('，找客服' in substr(redacted_text, 8)) - 1]] as spans
from marts.complaints
cross join (values ('pattern', 33), ('nature', 10)) as axes (axis, codes)
order by
    axis,
    code,
    complaint_id
