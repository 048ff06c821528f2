-- Complaints of non-public sources per merchant, code and month, safe beside the totals above them.
-- One row per merchant, axis, code and month, for merchant and code pairs whose total is shown.
-- Withheld as in merchant_codes; the months of a withheld total are left out altogether.
with shown as (
    select
        merchant_key,
        issue_axis,
        issue_code
    from build.open.merchant_codes
    where not is_suppressed
),

counts as (
    select
        coalesce(complaints.merchant_key, 'unnamed') as merchant_key,
        complaint_codes.axis as issue_axis,
        complaint_codes.code as issue_code,
        date_trunc('month', complaints.event_date)::date as month_start,
        count(*)::integer as complaints
    from marts.complaint_codes
    join marts.complaints using (complaint_id)
    anti join (select source from codes.sources where is_public) using (source)
    where
        complaint_codes.is_alleged
        and complaint_codes.axis in ('pattern', 'wallet')
    group by
        coalesce(complaints.merchant_key, 'unnamed'),
        complaint_codes.axis,
        complaint_codes.code,
        month_start
),

ranked as (
    select
        counts.merchant_key,
        counts.issue_axis,
        counts.issue_code,
        counts.month_start,
        counts.complaints,
        row_number() over (siblings order by counts.complaints, counts.month_start) as place,
        count(*) filter (where counts.complaints < 5) over siblings as small_rows,
        sum(counts.complaints) filter (where counts.complaints < 5) over siblings as small_sum
    from counts
    semi join shown using (merchant_key, issue_axis, issue_code)
    window siblings as (
        partition by counts.merchant_key, counts.issue_axis, counts.issue_code
    )
),

judged as (
    select
        merchant_key,
        issue_axis,
        issue_code,
        month_start,
        complaints,
        complaints < 5
        or (
            place = small_rows + 1
            and small_rows > 0
            and (small_rows = 1 or small_sum < 5)
        ) as is_suppressed
    from ranked
)

select
    merchant_key,
    issue_axis,
    issue_code,
    month_start,
    case when not is_suppressed then complaints end as complaints,
    is_suppressed
from judged
order by
    merchant_key,
    issue_axis,
    issue_code,
    month_start
