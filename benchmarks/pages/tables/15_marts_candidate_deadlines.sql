-- Generated deadlines: two of every member.
-- One row per candidate, deadline and complaint.
select
    members.candidate_id,
    'deadline_' || clocks.n as deadline_code,
    'act_by' as kind,
    '期限 ' || clocks.n as label_zh,
    'Deadline ' || clocks.n as label_en,
    members.complaint_id,
    date '2026-03-14' as as_of_date,
    case when (members.person_no + clocks.n) % 3 = 0 then 'running' else 'unknown' end as state,
    '企业' as owed_by_zh,
    'company' as owed_by_en,
    (15 * clocks.n)::integer as amount,
    'days' as unit,
    'calendar' as calendar,
    date '2026-03-10' as start_date,
    date '2026-03-25' + (members.person_no % 9)::integer as due_date,
    (members.person_no + clocks.n) % 3 > 0 as is_done,
    11 as days_left,
    4 as elapsed_days,
    4 as elapsed_working_days,
    [] as notes_zh,
    [] as notes_en
from marts.candidate_members as members
cross join range(1, 3) as clocks (n)
where members.is_member
order by
    members.candidate_id,
    deadline_code,
    members.complaint_id
