-- The replies on record to the members of one candidate, as redacted.
-- One row per member and reply, in the order of the replies.
select
    complaint_replies.complaint_id,
    complaint_replies.place,
    complaint_replies."by",
    complaint_replies.replied_on,
    complaint_replies.redacted_text,
    complaint_replies.stance
from marts.complaint_replies
join marts.candidate_members using (complaint_id)
where
    candidate_members.candidate_id = $candidate_id
    and candidate_members.is_member
order by
    complaint_replies.complaint_id,
    complaint_replies.place
