-- Merchants that sources give as respondents, with the spellings given.
-- `writers` counts accounts; a complaint without one counts for itself.
-- One row per merchant.
select
    respondents.merchant_key,
    min(respondents.merchant_name) as merchant_name,
    min(respondents.sector) as sector,
    count(distinct coalesce(complaints.author_key, complaints.complaint_id)) as writers,
    list(distinct parties.raw order by parties.raw) as spellings
from enriched.respondents
inner join enriched.parties using (complaint_id)
inner join staged.complaints using (complaint_id)
where
    respondents.merchant_key is not null
    and parties.role = 'respondent'
    and parties.how = 'given'
group by respondents.merchant_key
order by respondents.merchant_key
