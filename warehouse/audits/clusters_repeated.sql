-- Clusters, or their members, that are there twice. severity: error
select
    cluster_id,
    null as complaint_id
from enriched.clusters
group by cluster_id
having count(*) > 1
union all
select
    cluster_id,
    complaint_id
from enriched.cluster_members
group by
    cluster_id,
    complaint_id
having count(*) > 1
