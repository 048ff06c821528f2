-- Clusters with an expected count though no covered period meets their window. severity: error
select
    clusters.cluster_id,
    clusters.expected
from enriched.clusters
where
    clusters.expected is not null
    and not exists (
        select 1
        from meta.coverage
        where
            coverage.covered_from <= clusters.window_end
            and coverage.covered_to >= clusters.window_start
    )
