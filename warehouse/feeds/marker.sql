-- The value of one marker.
-- One row, or none when it was never set.
select value
from meta.markers
where name = $name
