-- The members of a candidate, for choosing some of them.
-- One row per member; at most $limit.
select
    members.complaint_id,
    members.person_no,
    complaints.event_date
from marts.candidate_members as members
join marts.complaints using (complaint_id)
where
    members.candidate_id = $candidate_id
    and members.is_member
order by
    members.person_no,
    members.complaint_id
limit $limit
