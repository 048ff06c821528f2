-- The members that stand behind a candidate's tiers, the most typical of each first, with a passage first of all.
-- One row per tier and member, at most $limit of each tier.
with supporting as (
    select
        tier_code,
        unnest(members) as complaint_id
    from marts.candidate_tiers
    where candidate_id = $candidate_id
        and role = 'tier'
),

placed as (
    select
        supporting.tier_code,
        supporting.complaint_id,
        members.person_no,
        members.spans,
        row_number() over (
            partition by supporting.tier_code
            order by
                len(members.spans) = 0,
                members.typicality desc,
                supporting.complaint_id
        ) as place
    from supporting
    join marts.candidate_members as members
        on members.candidate_id = $candidate_id
        and supporting.complaint_id = members.complaint_id
),

shown as materialized (
    select *
    from placed
    where place <= $limit
),

texts as materialized (
    select
        complaint_id,
        redacted_text,
        title_length
    from marts.complaints
    where complaint_id in (select complaint_id from shown)
)

select
    shown.tier_code,
    shown.complaint_id,
    shown.person_no,
    shown.spans,
    texts.redacted_text,
    texts.title_length
from shown
join texts using (complaint_id)
order by
    shown.tier_code,
    shown.place
