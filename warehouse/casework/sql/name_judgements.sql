-- What people decided of pairs of names: one merchant, or not; without what was undone.
-- One row per decision, in the order of deciding.
select
    events.action,
    events.payload
from events
where
    events.subject_kind = 'name_pair'
    and events.action in ('same', 'not_same')
    and not exists (
        select 1
        from events as undoing
        where
            undoing.action = 'undo'
            and undoing.subject_id = events.event_id
    )
order by events.event_no
