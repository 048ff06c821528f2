-- Which complaints quote a contact that recurs, and of which candidate they are members.
-- One row per contact and complaint.
with members as (
    select
        complaint_id,
        min(candidate_id) as candidate_id
    from marts.candidate_members
    where is_member
    group by complaint_id
)

select
    counterparty_complaints.counterparty_id,
    counterparty_complaints.complaint_id,
    members.candidate_id
from enriched.counterparty_complaints
left join members using (complaint_id)
order by
    counterparty_complaints.counterparty_id,
    counterparty_complaints.complaint_id
