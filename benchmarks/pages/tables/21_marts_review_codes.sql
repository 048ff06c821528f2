-- Generated codes in doubt, as many as are kept.
-- One row per complaint and code.
select
    row_number() over (order by members.candidate_id, codings.complaint_id, codings.code)::integer as place,
    codings.complaint_id,
    codings.axis,
    codings.code,
    0.3 as score,
    'readers_differ' as doubt,
    members.candidate_id,
    7 as candidate_rank,
    true as is_of_candidate,
    codings.spans
from marts.complaint_codes as codings
join marts.candidate_members as members using (complaint_id)
where members.candidate_id = 'c-1'
order by place
limit 300
