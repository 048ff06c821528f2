-- What a reader should take off the size of one candidate, what concerns most complaints first.
-- One row per reason.
select
    reason,
    complaints,
    share,
    accounts,
    account_complaints,
    account_merchants,
    account_days
from marts.candidate_discounts
where candidate_id = $candidate_id
order by place
