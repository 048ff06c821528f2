-- Complaints of the merchants with most of them, by the codes that occur most.
-- One row per merchant and code of the axis with any complaint.
with merchants as (
    select merchant_key
    from marts.merchant_codes
    where issue_axis = $axis
    group by merchant_key
    order by
        sum(complaints) desc,
        merchant_key
    limit $merchant_limit
),

codes_shown as (
    select issue_code
    from marts.merchant_codes
    join merchants using (merchant_key)
    where issue_axis = $axis
    group by issue_code
    order by
        sum(complaints) desc,
        issue_code
    limit $code_limit
)

select
    cells.merchant_key,
    cells.merchant_name,
    cells.issue_code,
    entries.label_zh,
    entries.label_en,
    cells.complaints,
    cells.first_date,
    cells.last_date
from marts.merchant_codes as cells
join merchants using (merchant_key)
join codes_shown using (issue_code)
join codes.entries as entries on cells.issue_axis = entries.axis and cells.issue_code = entries.code
where cells.issue_axis = $axis
order by
    cells.merchant_key,
    cells.issue_code
