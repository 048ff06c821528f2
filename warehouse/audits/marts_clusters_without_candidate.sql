-- Clusters that were given no candidate id, or candidates of no cluster. severity: error
select
    coalesce(clusters.cluster_id, candidates.cluster_id) as cluster_id,
    candidates.candidate_id
from enriched.clusters
full join casework.candidates using (cluster_id)
where
    clusters.cluster_id is null
    or candidates.cluster_id is null
