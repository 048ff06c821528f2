-- Distinct names of merchants, platforms, companies and places: as met, and as declared to be covered.
-- One row per name; a name that only a declaration has counts no complaint.
with names as (
    select
        raw,
        complaint_id,
        how,
        role,
        identity
    from enriched.parties
    union all
    select
        respondent as raw,
        null as complaint_id,
        'given' as how,
        'respondent' as role,
        'named' as identity
    from meta.coverage
    where respondent is not null
)

select
    raw,
    count(distinct complaint_id) as complaints,
    list(distinct how order by how) as hows,
    list(distinct role order by role) as roles,
    mode(identity order by identity) as identity
from names
group by raw
order by raw
