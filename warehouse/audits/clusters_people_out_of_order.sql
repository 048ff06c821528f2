-- Clusters whose people are not 1 <= certain <= possible <= complaints and further people. severity: error
with further as (
    select
        cluster_id,
        sum(people) as people
    from enriched.further_people
    group by cluster_id
)

select
    clusters.cluster_id,
    clusters.complainants_certain,
    clusters.complainants_possible,
    clusters.complaints,
    further.people as further_people
from enriched.clusters
left join further using (cluster_id)
where not (
    1 <= clusters.complainants_certain
    and clusters.complainants_certain <= clusters.complainants_possible
    and clusters.complainants_possible <= clusters.complaints + coalesce(further.people, 0)
)
