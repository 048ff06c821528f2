-- How far the events go.
-- One row.
select coalesce(max(event_no), 0) as event_no
from events
