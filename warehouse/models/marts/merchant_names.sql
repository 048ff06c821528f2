-- The names under which complaints mean a merchant, and why each is taken for its.
-- One row per merchant and name: the thirty met most, and those that coverage was declared for.
with met as (
    select
        merchant_key,
        raw,
        count(*)::integer as complaints
    from enriched.respondents
    where
        merchant_key is not null
        and raw is not null
        -- An account may be that of a private person.
        and identity in ('licensed', 'named')
    group by
        merchant_key,
        raw
),

declared as (
    select
        merchant_names.merchant_key,
        merchant_names.raw
    from enriched.merchant_names
    where
        merchant_names.merchant_key is not null
        and merchant_names.raw in (select respondent from meta.coverage)
),

every as (
    select
        coalesce(met.merchant_key, declared.merchant_key) as merchant_key,
        coalesce(met.raw, declared.raw) as raw,
        coalesce(met.complaints, 0) as complaints,
        declared.raw is not null as is_declared
    from met
    full join declared using (merchant_key, raw)
)

select
    every.merchant_key,
    every.raw,
    every.complaints,
    coalesce(merchant_names.score, 0.0) as score,
    coalesce(merchant_names.why, '') as why
from every
left join enriched.merchant_names using (raw)
qualify
    every.is_declared
    or row_number() over (
        partition by every.merchant_key
        order by
            every.complaints desc,
            every.raw
    ) <= 30
order by
    every.merchant_key,
    every.complaints desc,
    every.raw
