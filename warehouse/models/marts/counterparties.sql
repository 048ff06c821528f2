-- Contacts that recur in complaints of different people.
-- One row per contact.
with held as (
    select
        counterparty_id,
        count(distinct candidate_id)::integer as candidates
    from marts.counterparty_complaints
    group by counterparty_id
)

select
    counterparties.counterparty_id,
    counterparties.kind,
    counterparties.role,
    counterparties.complaints,
    counterparties.nameless,
    counterparties.merchants,
    counterparties.people,
    coalesce(held.candidates, 0) as candidates
from enriched.counterparties
left join held using (counterparty_id)
order by counterparties.counterparty_id
