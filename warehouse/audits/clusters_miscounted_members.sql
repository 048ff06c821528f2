-- Clusters whose number of complaints is not that of their members. severity: error
with counts as (
    select
        cluster_id,
        count(*) filter (where is_member) as members
    from enriched.cluster_members
    group by cluster_id
)

select
    coalesce(clusters.cluster_id, counts.cluster_id) as cluster_id,
    clusters.complaints,
    counts.members
from enriched.clusters
full join counts using (cluster_id)
where
    clusters.cluster_id is null
    or clusters.complaints <> coalesce(counts.members, 0)
