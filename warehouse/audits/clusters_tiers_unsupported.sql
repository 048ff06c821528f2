-- Tiers that are met without every condition being met by as many people as it needs. severity: error
-- A row here means that a tier claims more than its members support.
select
    cluster_id,
    tier_code,
    conditions,
    len(members) as members
from enriched.cluster_tiers
where
    state = 'met'
    and (
        len(conditions) = 0
        or len(
            list_filter(
                conditions,
                lambda one: one.state <> 'met'
                or coalesce(one.certain < one.needed, false)
                or coalesce(len(members) < one.needed, false)
            )
        ) > 0
    )
