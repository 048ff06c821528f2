-- How unusual a code is among a merchant's complaints, beside the other merchants of its sector.
-- One row per merchant and code that could be compared.
select
    merchant_key,
    issue_axis,
    issue_code,
    complaints,
    share,
    background,
    background_share,
    ratio,
    lower,
    upper,
    is_signal
from enriched.code_mixes
where background is not null
order by
    merchant_key,
    lower desc,
    issue_axis,
    issue_code
