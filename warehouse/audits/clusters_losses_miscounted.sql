-- Losses of clusters that are not above zero, or known more often than there are people. severity: error
select
    cluster_id,
    currency,
    known_count,
    member_count,
    total
from enriched.cluster_losses
where
    total <= 0
    or median <= 0
    or not known_count between 1 and member_count
