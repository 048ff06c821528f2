-- The records in the states that were known by a day, without replies of a later day.
-- One row per source, record and version. A reply that bears no day counts with its record.
with known as (
    select
        records.*,
        json_extract(try_cast(records.replies as json), '$[*]') as reply_list
    from raw.records
    join known_versions using (source, record_id, version_no)
),

heard as (
    select
        source,
        record_id,
        version_no,
        len(reply_list) as replies_written,
        list_filter(
            reply_list,
            reply -> coalesce(staged.replied_on(reply) <= $day, true)
        ) as replies_known
    from known
    where staged.is_reply_list(replies)
)

select
    known.source,
    known.record_id,
    known.version_no,
    known.content_hash,
    known.load_id,
    known.item_no,
    known.fetched_at,
    known.title,
    known.text,
    known.author_key,
    known.respondent,
    known.platform,
    known.region,
    known.url,
    known.amount_value,
    known.amount_currency,
    known.status,
    known.kind,
    known.published_at,
    known.received_at,
    known.problem,
    known.demand,
    known.product,
    known.sub_product,
    known.issue,
    known.sub_issue,
    case
        when len(heard.replies_known) < heard.replies_written
            then to_json(heard.replies_known)::varchar
        else known.replies
    end as replies,
    known.extra
from known
left join heard using (source, record_id, version_no)
