-- The states of records that were known by a day: of every record its first so many versions.
-- One row per source, record and version. A fetched state is known from its fetch, a backfilled
-- record from the day that it was received or published, the later of both. A backfilled change
-- of a record is known from the newest day that it bears (that of a reply, say) if no state
-- before bears one so new, else from its load: the day of the record is not that of the change.
with dated as (
    select
        records.source,
        records.record_id,
        records.version_no,
        records.load_id,
        records.item_no,
        loads.is_backfill,
        records.fetched_at::date as fetched_on,
        greatest(
            staged.written_at(raw.clean(records.received_at)),
            staged.written_at(raw.clean(records.published_at))
        )::date as told_on,
        case
            when staged.is_reply_list(records.replies) then list_max(
                list_transform(
                    json_extract(try_cast(records.replies as json), '$[*]'),
                    reply -> staged.replied_on(reply)
                )
            )
        end as replied_on
    from raw.records
    join meta.loads using (load_id)
),

borne as (
    select
        *,
        greatest(told_on, replied_on) as newest_day,
        max(greatest(told_on, replied_on)) over (
            partition by
                source,
                record_id
            order by version_no
            rows between unbounded preceding and 1 preceding
        ) as newest_day_before
    from dated
),

states as (
    select
        source,
        record_id,
        version_no,
        load_id,
        item_no,
        case
            when not is_backfill then fetched_on
            when version_no = 1 then least(told_on, fetched_on)
            when newest_day > coalesce(newest_day_before, '-infinity'::date)
                then least(newest_day, fetched_on)
            else fetched_on
        end as known_on
    from borne
),

settled as (
    select
        source,
        record_id,
        version_no,
        load_id,
        item_no,
        max(known_on) over (
            partition by
                source,
                record_id
            order by version_no
        ) as known_on
    from states
)

select
    source,
    record_id,
    version_no,
    load_id,
    item_no
from settled
where known_on <= $day
