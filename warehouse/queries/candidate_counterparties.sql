-- The contacts that connect a candidate with complaints outside it, and which these are.
-- One row per contact and complaint outside, at most $limit of each contact, those that count as
-- possible people first; outside counts all of them.
with quoted as (
    select distinct counterparty_id
    from marts.counterparty_complaints
    where candidate_id = $candidate_id
),

counted as (
    select distinct complaint_id
    from marts.further_people
    where candidate_id = $candidate_id
        and how = 'contact'
),

outside as (
    select
        counterparty_complaints.counterparty_id,
        counterparty_complaints.complaint_id,
        counterparty_complaints.candidate_id,
        counted.complaint_id is not null as is_counted,
        row_number() over (
            partition by counterparty_complaints.counterparty_id
            order by
                counted.complaint_id is null,
                counterparty_complaints.complaint_id
        ) as place,
        count(*) over (partition by counterparty_complaints.counterparty_id) as outside
    from marts.counterparty_complaints
    join quoted using (counterparty_id)
    left join counted using (complaint_id)
    where counterparty_complaints.candidate_id is distinct from $candidate_id
)

select
    counterparties.counterparty_id,
    counterparties.kind,
    counterparties.role,
    counterparties.complaints,
    counterparties.merchants,
    counterparties.people,
    counterparties.nameless,
    outside.complaint_id,
    outside.candidate_id,
    outside.is_counted,
    outside.outside,
    entries.label_zh,
    entries.label_en,
    complaints.merchant_name,
    complaints.event_date
from outside
join marts.counterparties using (counterparty_id)
join marts.complaints using (complaint_id)
left join codes.entries
    on entries.axis = 'personal_data'
    and entries.code = counterparties.kind
where
    outside.place <= $limit
    -- The respondent's own contact says no more than his name: only who names nobody is shown.
    and (counterparties.role = 'counterparty' or complaints.merchant_key is null)
order by
    counterparties.complaints desc,
    counterparties.counterparty_id,
    outside.place
