-- Merchants that two complaints or more give as their respondent, with the spellings given.
-- One row per merchant.
select
    respondents.merchant_key,
    min(respondents.merchant_name) as merchant_name,
    min(respondents.sector) as sector,
    count(distinct respondents.complaint_id) as complaints,
    list(distinct parties.raw order by parties.raw) as spellings
from enriched.respondents
inner join enriched.parties using (complaint_id)
where
    respondents.merchant_key is not null
    and parties.role = 'respondent'
    and parties.how = 'given'
group by respondents.merchant_key
having count(distinct respondents.complaint_id) >= 2
order by respondents.merchant_key
