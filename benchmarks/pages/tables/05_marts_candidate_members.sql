-- Members and one near miss for every candidate, of one merchant, and many members for the first.
-- One row per candidate and complaint.
with places as (
    select
        candidate_id,
        complaints,
        hash(candidate_id) % ($complaints - $largest - 2) as first_place,
        unnest(range(1, complaints + 2)) as place
    from marts.candidates
)

select
    places.candidate_id,
    complaints.complaint_id,
    places.place <= places.complaints as is_member,
    case when places.place <= places.complaints then places.place::integer end as person_no,
    1.0 / (1 + places.place % 50) as typicality,
    case
        when places.place <= places.complaints then '+code +words:卡密,客服 +dates'
        else '-code -words -dates'
    end as why,
    [[27, 34]] as spans
from places
join marts.complaints on complaints.rowid = places.first_place + places.place
order by
    places.candidate_id,
    is_member desc,
    typicality desc,
    complaints.complaint_id
