-- Complaints that a tier or deadline of a cluster names and that are no members of it. severity: error
with named as (
    select
        cluster_id,
        tier_code as code,
        unnest(members) as complaint_id
    from enriched.cluster_tiers
    union all
    select
        cluster_id,
        deadline_code as code,
        complaint_id
    from enriched.cluster_deadlines
    where complaint_id is not null
)

select
    named.cluster_id,
    named.code,
    named.complaint_id
from named
left join enriched.cluster_members
    on named.cluster_id = cluster_members.cluster_id
    and named.complaint_id = cluster_members.complaint_id
    and cluster_members.is_member
where cluster_members.cluster_id is null
