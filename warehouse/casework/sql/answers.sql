-- What people answered about pairs of names and codes of complaints, and did not undo.
-- One row per answer, the newest first.
select
    events.event_id,
    events.at,
    events.actor,
    events.subject_kind,
    events.subject_id,
    events.action,
    events.reason,
    events.payload
from events
where
    events.subject_kind in ('name_pair', 'complaint')
    and events.action in ('same', 'not_same', 'correct')
    and not exists (
        select 1
        from events as undoing
        where
            undoing.action = 'undo'
            and undoing.subject_id = events.event_id
    )
order by events.event_no desc
