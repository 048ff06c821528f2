-- What members of one candidate were answered, beside what they allege: on record, and as they tell.
-- One row per member and answer, the most typical members first; at most $limit, of matching_count.
-- `spans` are what the member alleges; `span` is the answer in its text, null for one on record.
with members as materialized (
    select
        complaint_id,
        typicality,
        spans
    from marts.candidate_members
    where candidate_id = $candidate_id
        and is_member
),

answers as materialized (
    select
        complaint_id,
        false as is_told,
        place,
        "by",
        stance,
        replied_on,
        redacted_text as answer,
        null::integer[2] as span
    from marts.complaint_replies
    where complaint_id in (select complaint_id from members)
        and "by" is distinct from 'complainant'

    union all

    select
        complaint_id,
        true as is_told,
        place,
        "by",
        stance,
        null::date as replied_on,
        null as answer,
        span
    from marts.told_answers
    where complaint_id in (select complaint_id from members)
),

shown as materialized (
    select
        answers.*,
        members.typicality,
        members.spans,
        count(*) over () as matching_count
    from answers
    join members using (complaint_id)
    order by
        members.typicality desc,
        answers.complaint_id,
        answers.is_told,
        answers.place
    limit $limit
)

select
    shown.complaint_id,
    shown.is_told,
    shown."by",
    shown.stance,
    shown.replied_on,
    shown.answer,
    shown.span,
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
    shown.is_told,
    shown.place
