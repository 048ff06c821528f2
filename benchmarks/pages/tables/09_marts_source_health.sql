-- What the generated source holds.
-- One row per source.
select
    source,
    count(*) as complaints,
    min(event_date) as first_date,
    max(event_date) as last_date,
    count(*) filter (where event_date is null) as undated_count,
    0 as unnamed_count,
    0 as uncoded_count,
    $built_at as last_loaded_at
from marts.complaints
group by source
