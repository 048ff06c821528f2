-- What people read in complaints where the machine read otherwise; without what was undone.
-- One row per correction, in the order of deciding.
select
    events.subject_id,
    events.payload
from events
where
    events.subject_kind = 'complaint'
    and events.action = 'correct'
    and not exists (
        select 1
        from events as undoing
        where
            undoing.action = 'undo'
            and undoing.subject_id = events.event_id
    )
order by events.event_no
