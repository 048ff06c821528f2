-- What each loaded source holds.
-- One row per source, most complaints first.
select
    health.source,
    sources.label_zh,
    sources.label_en,
    sources.is_public,
    health.complaints,
    health.first_date,
    health.last_date,
    health.undated_count,
    health.unnamed_count,
    health.uncoded_count,
    health.last_loaded_at
from marts.source_health as health
left join codes.sources as sources using (source)
order by
    health.complaints desc,
    health.source
