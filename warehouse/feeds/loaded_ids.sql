-- The loads that were completed.
-- One row per load.
select load_id
from meta.loads
