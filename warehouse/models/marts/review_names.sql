-- Pairs of names that people should judge, those that move the highest candidate first.
-- One row per pair.
with ranks as (
    select
        merchant_key,
        min(rank) as rank
    from marts.candidates
    where merchant_key is not null
    group by merchant_key
)

select
    row_number() over (
        order by
            least(one_ranks.rank, other_ranks.rank) nulls last,
            least(unsure_names.one_complaints, unsure_names.other_complaints) desc,
            unsure_names.one,
            unsure_names.other
    )::integer as place,
    unsure_names.one,
    unsure_names.other,
    unsure_names.one_key,
    unsure_names.other_key,
    unsure_names.doubt,
    unsure_names.score,
    unsure_names.one_complaints,
    unsure_names.other_complaints,
    least(one_ranks.rank, other_ranks.rank) as best_rank
from enriched.unsure_names
left join ranks as one_ranks on unsure_names.one_key = one_ranks.merchant_key
left join ranks as other_ranks on unsure_names.other_key = other_ranks.merchant_key
order by place
