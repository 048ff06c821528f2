-- One page of a candidate's members, or of its near misses, the most typical first.
-- One row per complaint; matching_count is how many there are on all pages. The texts, most of
-- the file, are fetched by place, so that only those shown are read.
with matching as materialized (
    select
        complaint_id,
        person_no,
        typicality,
        why,
        spans
    from marts.candidate_members
    where candidate_id = $candidate_id
        and is_member = $is_member
),

shown as materialized (
    select *
    from matching
    order by
        typicality desc,
        complaint_id
    limit $limit offset $offset
),

places as materialized (
    select complaints.rowid as place
    from marts.complaints
    where complaints.complaint_id in (select complaint_id from shown)
),

texts as materialized (
    select
        complaint_id,
        source,
        record_id,
        event_date,
        region,
        loss_value,
        loss_currency,
        outcome,
        language,
        redacted_text,
        title_length,
        evidence,
        has_replies,
        is_copy
    from marts.complaints
    where rowid in (select place from places)
)

select
    shown.complaint_id,
    complaints.source,
    complaints.record_id,
    shown.person_no,
    shown.typicality,
    shown.why,
    shown.spans,
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
    (select count(*) from matching) as matching_count
from shown
join texts as complaints using (complaint_id)
order by
    shown.typicality desc,
    shown.complaint_id
