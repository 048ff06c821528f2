-- What a reader should take off the size of candidates.
-- One row per candidate and reason.
select
    candidates.candidate_id,
    cluster_discounts.place,
    cluster_discounts.reason,
    cluster_discounts.complaints,
    cluster_discounts.share,
    cluster_discounts.accounts,
    cluster_discounts.account_complaints,
    cluster_discounts.account_merchants,
    cluster_discounts.account_days
from enriched.cluster_discounts
join casework.candidates using (cluster_id)
order by
    candidates.candidate_id,
    cluster_discounts.place
