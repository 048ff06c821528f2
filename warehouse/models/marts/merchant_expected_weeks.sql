-- Expected complaints of the codes that a merchant has most, over the last two years.
-- One row per merchant, code and modelled week.
with most as (
    select
        merchant_key,
        issue_axis,
        issue_code
    from marts.merchant_codes
    qualify
        row_number() over (
            partition by merchant_key
            order by
                complaints desc,
                issue_axis,
                issue_code
        ) <= 3
)

select
    expected_weeks.merchant_key,
    expected_weeks.issue_axis,
    expected_weeks.issue_code,
    expected_weeks.week_start,
    expected_weeks.expected,
    expected_weeks.upper
from enriched.expected_weeks
join most using (merchant_key, issue_axis, issue_code)
where
    expected_weeks.expected is not null
    and expected_weeks.week_start > (select max(week_start) from enriched.expected_weeks) - 728
order by
    expected_weeks.merchant_key,
    expected_weeks.issue_axis,
    expected_weeks.issue_code,
    expected_weeks.week_start
