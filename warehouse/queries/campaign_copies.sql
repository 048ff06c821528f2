-- The members of one candidate that share one copied text, page by page.
-- One row per complaint, the earliest first.
select
    members.complaint_id,
    members.person_no,
    complaints.event_date,
    complaints.source,
    complaints.region,
    copies.similarity,
    complaints.redacted_text,
    complaints.title_length
from marts.candidate_members as members
join marts.complaint_copies as copies using (complaint_id)
join marts.complaints using (complaint_id)
where
    members.candidate_id = $candidate_id
    and members.is_member
    and copies.copy_group_id = $copy_group_id
order by
    complaints.event_date nulls last,
    members.complaint_id
limit $limit
offset $offset
