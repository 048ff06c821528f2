-- Every state of every complaint, with the time at which it was known here.
-- One row per complaint and version.
select
    records.source || ':' || records.record_id as complaint_id,
    records.version_no,
    case
        when loads.is_backfill then coalesce(
            staged.moment_at(raw.clean(records.received_at)),
            staged.moment_at(raw.clean(records.published_at)),
            records.fetched_at
        )
        else records.fetched_at
    end as known_at,
    raw.clean(records.status) as status,
    records.content_hash,
    records.load_id
from raw.records
join meta.loads using (load_id)
