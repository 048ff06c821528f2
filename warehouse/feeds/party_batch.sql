-- One share of the complaints with all the parties they name; a complaint is never divided.
-- One row per mention; a complaint that names nobody has one row with null party columns.
select
    complaints.complaint_id,
    complaints.source,
    parties.role,
    parties.raw,
    parties.identity,
    parties.how,
    parties.span
from staged.complaints
left join enriched.parties using (complaint_id)
where hash(complaints.complaint_id) % $batch_count = $batch_no
order by
    complaints.complaint_id,
    parties.span[1] nulls first,
    parties.role,
    parties.raw
