-- Clusters whose people are not counted as 1 <= certain <= possible <= complaints. severity: error
select
    cluster_id,
    complainants_certain,
    complainants_possible,
    complaints
from enriched.clusters
where not (
    1 <= complainants_certain
    and complainants_certain <= complainants_possible
    and complainants_possible <= complaints
)
