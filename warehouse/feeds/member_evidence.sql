-- What the accounts of the members of clusters hold.
-- One row per cluster and member, those of one cluster together. A cluster without a code has none
-- that a member could fail to allege.
with told as (
    select
        complaint_id,
        coalesce(
            list(distinct code order by code) filter (where axis = 'evidence'), []
        ) as evidence,
        bool_or(axis = 'demand') as has_demand
    from enriched.believed_findings()
    where
        axis in ('evidence', 'demand')
        and is_alleged
    group by complaint_id
)

select
    cluster_members.cluster_id,
    coalesce(respondents.identity, 'unnamed') <> 'unnamed' as is_named,
    complaints.event_date is not null as is_dated,
    coalesce(cluster_members.is_alleging, true) as is_alleging,
    coalesce(told.evidence, []) as evidence,
    coalesce(told.has_demand, false) as has_demand
from enriched.cluster_members
join staged.complaints using (complaint_id)
left join enriched.respondents using (complaint_id)
left join told using (complaint_id)
where cluster_members.is_member
order by
    cluster_members.cluster_id,
    cluster_members.complaint_id
