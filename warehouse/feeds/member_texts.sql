-- The redacted texts of the members of clusters, with the parties that were read in them.
-- One row per complaint.
with members as (
    select distinct complaint_id
    from enriched.cluster_members
    where is_member
),

named as (
    select
        parties.complaint_id,
        list(
            struct_pack(role := parties.role, raw := parties.raw, identity := parties.identity)
            order by parties.role, parties.raw
        ) as parties
    from enriched.parties
    join members using (complaint_id)
    group by parties.complaint_id
)

select
    readings.complaint_id,
    readings.redacted_text,
    coalesce(named.parties, []) as parties
from enriched.readings
join members using (complaint_id)
left join named using (complaint_id)
order by readings.complaint_id
