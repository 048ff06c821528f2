-- Where accounts of members of one candidate contradict themselves, the most typical members first.
-- One row per member and contradiction; at most $limit, of matching_count.
with shown as materialized (
    select
        contradictions.complaint_id,
        contradictions.place,
        contradictions.field,
        contradictions.spans,
        candidate_members.typicality,
        count(*) over () as matching_count
    from marts.contradictions
    join marts.candidate_members using (complaint_id)
    where candidate_members.candidate_id = $candidate_id
        and candidate_members.is_member
    order by
        candidate_members.typicality desc,
        contradictions.complaint_id,
        contradictions.place
    limit $limit
)

select
    shown.complaint_id,
    shown.field,
    shown.spans,
    shown.matching_count,
    complaints.redacted_text,
    complaints.title_length
from shown
join marts.complaints using (complaint_id)
where complaints.complaint_id in (select complaint_id from shown)
order by
    shown.typicality desc,
    shown.complaint_id,
    shown.place
