-- The last day of which the loads know: that of the latest fetch, or in a backfill of its last record.
-- One row; null when nothing was loaded. A day that its source misdates into the future does not
-- count, nor does that of the load for a backfilled record without a date, if others have one.
with loaded as (
    select
        max(loaded_at)::date as last_load,
        max(loaded_at) filter (where not is_backfill)::date as last_fetch
    from meta.loads
),

known as (
    select
        max(greatest(versions.known_at::date, complaints.event_date)) filter (
            where complaints.event_date is not null
        ) as last_dated,
        max(versions.known_at::date) as last_known
    from staged.complaint_versions as versions
    join staged.complaints using (complaint_id)
    cross join loaded
    where
        versions.known_at::date <= loaded.last_load
        and (complaints.event_date is null or complaints.event_date <= loaded.last_load)
)

select coalesce(
    greatest(loaded.last_fetch, known.last_dated),
    known.last_known
) as as_of_date
from loaded, known
