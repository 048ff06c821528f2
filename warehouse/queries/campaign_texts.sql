-- The copied texts among the members of one candidate.
-- One row per text that two or more members share, that of most members first, with its earliest.
select
    copies.copy_group_id,
    count(*)::integer as complaints,
    count(distinct members.person_no)::integer as people,
    count(distinct complaints.source)::integer as sources,
    min(complaints.event_date) as first_date,
    max(complaints.event_date) as last_date,
    arg_min(
        copies.complaint_id,
        (coalesce(complaints.event_date, date '9999-12-31'), copies.complaint_id)
    ) as first_id
from marts.candidate_members as members
join marts.complaint_copies as copies using (complaint_id)
join marts.complaints using (complaint_id)
where
    members.candidate_id = $candidate_id
    and members.is_member
group by copies.copy_group_id
having count(*) > 1
order by
    complaints desc,
    copies.copy_group_id
