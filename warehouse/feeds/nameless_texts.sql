-- The texts of complaints that have no merchant and were given no name.
-- One row per complaint.
select
    respondents.complaint_id,
    readings.redacted_text,
    respondents.raw is not null as is_described
from enriched.respondents
inner join enriched.readings using (complaint_id)
where
    respondents.merchant_key is null
    and respondents.identity = 'unnamed'
    and not exists (
        select parties.complaint_id
        from enriched.parties
        where
            parties.complaint_id = respondents.complaint_id
            and parties.role = 'respondent'
            and parties.how = 'given'
    )
order by respondents.complaint_id
