-- Loads whose receipt does not add up: read = kept + duplicate + rejected. severity: error
with counts as (
    select
        load_id,
        count(*) as items,
        count(*) filter (where disposition = 'kept') as kept,
        count(*) filter (where disposition = 'duplicate') as duplicates,
        count(*) filter (where disposition = 'rejected') as rejected
    from raw.items
    group by load_id
)

select
    loads.load_id,
    loads.read_count,
    loads.kept_count,
    loads.duplicate_count,
    loads.rejected_count,
    counts.items
from meta.loads
full join counts using (load_id)
where
    loads.load_id is null
    or loads.read_count <> loads.kept_count + loads.duplicate_count + loads.rejected_count
    or loads.read_count <> coalesce(counts.items, 0)
    or loads.kept_count <> coalesce(counts.kept, 0)
    or loads.duplicate_count <> coalesce(counts.duplicates, 0)
    or loads.rejected_count <> coalesce(counts.rejected, 0)
