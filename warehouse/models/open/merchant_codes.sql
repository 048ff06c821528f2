-- Complaints of non-public sources per merchant and code, safe beside the totals of the codes.
-- One row per merchant, axis and code; merchants none of whose counts may be shown are left out.
-- Counts of 1 to 4 are withheld. Where those withheld under one total are a single one, or
-- sum to less than 5, the next smallest is withheld too, so that no difference gives one away.
with counts as (
    select
        coalesce(complaints.merchant_key, 'unnamed') as merchant_key,
        mode(complaints.merchant_name order by complaints.merchant_name) as merchant_name,
        complaint_codes.axis as issue_axis,
        complaint_codes.code as issue_code,
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
        complaint_codes.code
),

ranked as (
    select
        merchant_key,
        merchant_name,
        issue_axis,
        issue_code,
        complaints,
        row_number() over (siblings order by complaints, merchant_key) as place,
        count(*) filter (where complaints < 5) over siblings as small_rows,
        sum(complaints) filter (where complaints < 5) over siblings as small_sum,
        sum(complaints) over siblings as parent_complaints
    from counts
    window siblings as (partition by issue_axis, issue_code)
),

judged as (
    select
        merchant_key,
        merchant_name,
        issue_axis,
        issue_code,
        complaints,
        complaints < 5
        or parent_complaints < 5
        or (
            place = small_rows + 1
            and small_rows > 0
            and (small_rows = 1 or small_sum < 5)
        ) as is_suppressed
    from ranked
),

shown_merchants as (
    select distinct merchant_key
    from judged
    where not is_suppressed
)

select
    judged.merchant_key,
    coalesce(judged.merchant_name, judged.merchant_key) as merchant_name,
    judged.issue_axis,
    judged.issue_code,
    case when not judged.is_suppressed then judged.complaints end as complaints,
    judged.is_suppressed
from judged
semi join shown_merchants using (merchant_key)
order by
    judged.merchant_key,
    judged.issue_axis,
    judged.issue_code
