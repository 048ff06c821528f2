-- What the worklist can be filtered by: the values that occur, most candidates first.
-- One row per filter and value.
with filters as (
    select
        'merchant' as filter,
        merchant_key as value,
        any_value(merchant_name) as label_zh,
        any_value(merchant_name) as label_en,
        count(*) as candidates
    from marts.candidates
    where merchant_key is not null
    group by merchant_key
    union all
    select
        'issue',
        issue_code,
        any_value(label_zh),
        any_value(label_en),
        count(*)
    from marts.candidates
    where issue_axis != 'topic'
    group by issue_code
    union all
    select
        'region',
        area.region,
        area.region,
        area.region,
        count(*)
    from marts.candidates, unnest(regions) as items (area)
    group by area.region
    union all
    select
        'tier',
        tier.code,
        any_value(tier.label_zh),
        any_value(tier.label_en),
        count(*) filter (where tier.state = 'met')
    from marts.candidates, unnest(tiers) as stands (tier)
    group by tier.code
    having count(*) filter (where tier.state = 'met') > 0
)

select
    filter,
    value,
    label_zh,
    label_en,
    candidates
from filters
qualify row_number() over (partition by filter order by candidates desc, value) <= 200
order by
    filter,
    candidates desc,
    value
