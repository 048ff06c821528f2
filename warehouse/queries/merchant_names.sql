-- The names under which complaints mean one merchant, and which rule took each for its.
-- One row per name, the most frequent first.
select
    raw,
    complaints,
    score,
    why
from marts.merchant_names
where merchant_key = $merchant_key
order by
    complaints desc,
    raw
