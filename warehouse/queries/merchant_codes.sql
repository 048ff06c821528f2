-- What is alleged of one merchant, and how unusual that is beside its sector.
-- One row per axis and code, the most frequent first; the columns of the mix are null where it
-- could not be compared.
select
    cells.issue_axis,
    cells.issue_code,
    entries.label_zh,
    entries.label_en,
    cells.complaints,
    cells.first_date,
    cells.last_date,
    mixes.share,
    mixes.background,
    mixes.background_share,
    mixes.lower,
    mixes.is_signal
from marts.merchant_codes as cells
join codes.entries as entries on cells.issue_axis = entries.axis and cells.issue_code = entries.code
left join marts.merchant_mixes as mixes using (merchant_key, issue_axis, issue_code)
where cells.merchant_key = $merchant_key
order by
    cells.complaints desc,
    cells.issue_axis,
    cells.issue_code
