-- Members of one candidate that tell of further people, with the passage.
-- One row per member that counts.
select
    further_people.complaint_id,
    further_people.people,
    further_people.span,
    complaints.redacted_text,
    complaints.title_length
from marts.further_people
join marts.complaints using (complaint_id)
where
    further_people.candidate_id = $candidate_id
    and further_people.how = 'told'
order by
    further_people.people desc,
    further_people.complaint_id
