-- Clusters whose window is half open, or ends before it begins. severity: error
select
    cluster_id,
    window_start,
    window_end
from enriched.clusters
where
    (window_start is null) <> (window_end is null)
    or window_end < window_start
