-- Counts of 1 to 4 complaints in a cube of the public file. severity: error
with cells as (
    select 'code_totals' as cube, issue_code as cell, complaints from open.code_totals
    union all
    select 'merchant_codes' as cube, merchant_key as cell, complaints from open.merchant_codes
    union all
    select 'merchant_code_months' as cube, merchant_key as cell, complaints
    from open.merchant_code_months
)

select
    cube,
    cell,
    complaints
from cells
where complaints between 1 and 4
