-- How many members of a candidate mention which kind of evidence.
-- One row per kind, most members first.
with members as materialized (
    select complaint_id
    from marts.candidate_members
    where candidate_id = $candidate_id
        and is_member
),

mentions as materialized (
    select complaints.evidence
    from marts.complaints
    where complaints.complaint_id in (select complaint_id from members)
),

kinds as (
    select unnest(evidence) as code
    from mentions
)

select
    entries.code,
    entries.label_zh,
    entries.label_en,
    count(*) as members
from kinds
join codes.entries as entries on kinds.code = entries.code and entries.axis = 'evidence'
group by
    entries.code,
    entries.label_zh,
    entries.label_en
order by
    members desc,
    entries.code
