-- Clusters that no row says of how they stand by a tier of the rulebook, or more than one. severity: error
select
    clusters.cluster_id,
    law_tiers.code as tier_code,
    count(cluster_tiers.cluster_id) as rows
from enriched.clusters
cross join codes.law_tiers
left join enriched.cluster_tiers
    on clusters.cluster_id = cluster_tiers.cluster_id
    and law_tiers.code = cluster_tiers.tier_code
group by
    clusters.cluster_id,
    law_tiers.code
having count(cluster_tiers.cluster_id) <> 1
