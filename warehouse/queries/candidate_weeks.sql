-- The timeline of one candidate: its members, and all complaints of its merchant that are members
-- or allege its code. Members that do not allege the code are in neither `coded` nor `expected`.
-- One row per week, oldest first. Counts of a week without any are zero where it is covered, and
-- null elsewhere: missing is not zero.
with members as materialized (
    select complaint_id
    from marts.candidate_members
    where candidate_id = $candidate_id
        and is_member
),

member_complaints as materialized (
    select
        complaint_id,
        merchant_key,
        date_trunc('week', event_date)::date as week_start
    from marts.complaints
    where complaint_id in (select complaint_id from members)
),

coded_members as (
    select member_complaints.complaint_id
    from marts.candidates
    join member_complaints using (merchant_key)
    join marts.complaint_codes as codings
        on member_complaints.complaint_id = codings.complaint_id
        and candidates.issue_axis = codings.axis
        and candidates.issue_code = codings.code
        and codings.is_alleged
    where candidates.candidate_id = $candidate_id
),

uncoded_weeks as (
    select
        week_start,
        count(*)::integer as complaints
    from member_complaints
    where complaint_id not in (select complaint_id from coded_members)
    group by week_start
),

weeks as (
    select
        weeks.week_start,
        weeks.members,
        weeks.complaints + coalesce(uncoded_weeks.complaints, 0) as complaints,
        weeks.complaints as coded,
        weeks.expected,
        weeks.upper,
        weeks.is_covered
    from marts.candidate_weeks as weeks
    left join uncoded_weeks using (week_start)
    where weeks.candidate_id = $candidate_id
)

select
    week_start,
    case when members > 0 or is_covered then members end as members,
    case when complaints > 0 or is_covered then complaints end as complaints,
    case when coded > 0 or is_covered then coded end as coded,
    expected,
    upper,
    is_covered
from weeks
order by week_start
