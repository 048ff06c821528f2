-- The build up to which somebody said that they had seen the worklist.
-- One row, or none before the first time. :actor is a name.
select
    seen_build_id,
    at
from events
where subject_kind = 'visit'
    and actor = :actor
order by event_no desc
limit 1
