-- One page of a candidate's members and the first of its near misses, the most typical first.
-- One row per complaint, members before near misses; matching_count is how many there are of its
-- sort on all pages. Texts are most of the file: both sorts are found in one pass over the ids,
-- then fetched by place, so that only those shown are read.
with matching as materialized (
    select
        complaint_id,
        is_member,
        person_no,
        typicality,
        why,
        spans,
        row_number() over (
            partition by is_member
            order by
                typicality desc,
                complaint_id
        ) as place,
        count(*) over (partition by is_member) as matching_count
    from marts.candidate_members
    where candidate_id = $candidate_id
),

shown as materialized (
    select *
    from matching
    where (is_member and place > $offset and place <= $offset + $limit)
        or (not is_member and place <= $near_limit)
),

rows_shown as materialized (
    select complaints.rowid as row_no
    from marts.complaints
    where complaints.complaint_id in (select complaint_id from shown)
),

texts as materialized (
    select
        complaint_id,
        source,
        event_date,
        region,
        loss_value,
        loss_currency,
        outcome,
        redacted_text,
        title_length,
        evidence,
        is_copy
    from marts.complaints
    where rowid in (select row_no from rows_shown)
)

select
    shown.complaint_id,
    shown.is_member,
    shown.person_no,
    shown.why,
    shown.spans,
    texts.source,
    texts.event_date,
    texts.region,
    texts.loss_value,
    texts.loss_currency,
    texts.outcome,
    texts.redacted_text,
    texts.title_length,
    texts.evidence,
    texts.is_copy,
    shown.matching_count
from shown
join texts using (complaint_id)
order by
    shown.is_member desc,
    shown.place
