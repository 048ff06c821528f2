-- Pairs of names that people should judge, with the merchants they are taken for so far.
-- One row per pair, those that move most first.
select
    review_names.place,
    review_names.one,
    review_names.other,
    review_names.one_key,
    review_names.other_key,
    one_merchants.merchant_name as one_merchant,
    other_merchants.merchant_name as other_merchant,
    review_names.doubt,
    review_names.one_complaints,
    review_names.other_complaints,
    review_names.best_rank
from marts.review_names
left join marts.merchants as one_merchants on review_names.one_key = one_merchants.merchant_key
left join marts.merchants as other_merchants on review_names.other_key = other_merchants.merchant_key
order by review_names.place
