-- One page of a candidate's members, or of its near misses, the most typical first.
-- One row per complaint; matching_count is how many there are on all pages.
select
    members.complaint_id,
    complaints.source,
    complaints.record_id,
    members.person_no,
    members.typicality,
    members.why,
    members.spans,
    complaints.event_date,
    complaints.region,
    complaints.loss_value,
    complaints.loss_currency,
    complaints.outcome,
    complaints.language,
    complaints.redacted_text,
    complaints.title_length,
    complaints.evidence,
    complaints.has_replies,
    complaints.is_copy,
    count(*) over () as matching_count
from marts.candidate_members as members
join marts.complaints as complaints using (complaint_id)
where members.candidate_id = $candidate_id
    and members.is_member = $is_member
order by
    members.typicality desc,
    members.complaint_id
limit $limit offset $offset
