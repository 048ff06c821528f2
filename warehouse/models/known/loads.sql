-- The loads of which something was known by a day, with receipts over what was known.
-- One row per load. A backfill is there with its known items, or with a period alone, as if it had
-- been loaded at the end of that day at the latest: what had not settled then, it does not cover.
with counts as (
    select
        load_id,
        count(*) as read_count,
        count(*) filter (where disposition = 'kept') as kept_count,
        count(*) filter (where reason = 'changed') as changed_count,
        count(*) filter (where disposition = 'duplicate') as duplicate_count,
        count(*) filter (where disposition = 'rejected') as rejected_count,
        count(*) filter (where is_repaired) as repaired_count
    from known_items
    group by load_id
)

select
    loads.load_id,
    loads.source,
    case
        when loads.is_backfill
            then least(
                loads.loaded_at,
                ($day::date + interval 1 day - interval 1 second) at time zone 'UTC'
            )
        else loads.loaded_at
    end as loaded_at,
    loads.is_backfill,
    coalesce(counts.read_count, 0) as read_count,
    coalesce(counts.kept_count, 0) as kept_count,
    coalesce(counts.changed_count, 0) as changed_count,
    coalesce(counts.duplicate_count, 0) as duplicate_count,
    coalesce(counts.rejected_count, 0) as rejected_count,
    coalesce(counts.repaired_count, 0) as repaired_count
from meta.loads
left join counts using (load_id)
where
    counts.load_id is not null
    or (not loads.is_backfill and loads.loaded_at::date <= $day)
    or loads.load_id in (select load_id from known_coverage)
