-- What people decided of candidates, undone or not.
-- One row per event, in the order of deciding.
select
    event_no,
    event_id,
    at,
    actor,
    subject_id,
    action,
    reason,
    payload,
    seen_build_id
from events
where subject_kind = 'candidate'
order by event_no
