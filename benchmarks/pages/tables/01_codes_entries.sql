-- Generated codes on the three axes of allegations, and kinds of evidence.
-- One row per axis and code.
with axes (axis, label_zh, label_en, codes) as (
    values
        ('pattern', '套路', 'Pattern', 33),
        ('wallet', '钱包问题', 'Wallet issue', 15),
        ('nature', '性质', 'Nature', 10),
        ('evidence', '证据', 'Evidence', 15)
)

select
    axes.axis,
    axes.axis || '_' || numbers.n as code,
    axes.label_zh || ' ' || numbers.n as label_zh,
    axes.label_en || ' ' || numbers.n as label_en,
    '' as definition_zh,
    '' as definition_en,
    false as is_retired
from axes
cross join range(1, axes.codes + 1) as numbers (n)
