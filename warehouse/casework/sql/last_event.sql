-- How far the events go that a build is a function of; that somebody saw the worklist is none.
-- One row.
select coalesce(max(event_no), 0) as event_no
from events
where subject_kind <> 'visit'
