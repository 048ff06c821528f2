-- How many members of a candidate mention which kind of evidence.
-- One row per kind, most members first.
select
    entries.code,
    entries.label_zh,
    entries.label_en,
    count(*) as members
from marts.candidate_members as members
join marts.complaints as complaints using (complaint_id)
cross join unnest(complaints.evidence) as items (code)
join codes.entries as entries on items.code = entries.code and entries.axis = 'evidence'
where members.candidate_id = $candidate_id
    and members.is_member
group by
    entries.code,
    entries.label_zh,
    entries.label_en
order by
    members desc,
    entries.code
