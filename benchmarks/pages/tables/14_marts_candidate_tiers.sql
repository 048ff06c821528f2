-- Generated tiers and analogues, each supported by every member.
-- One row per candidate and tier.
with supporting as (
    select
        candidate_id,
        list(complaint_id) as members
    from marts.candidate_members
    where is_member
    group by candidate_id
),

rules as (
    select
        n as place,
        case when n <= 3 then 'tier' else 'analogue' end as role,
        struct_pack(
            code := 'rule_' || n,
            name_zh := '生成的规定' || n,
            name_en := 'Generated rule ' || n,
            article := n::varchar,
            jurisdiction := 'CN',
            first_day := date '2022-11-01',
            last_day := null::date,
            standing := 'read'
        ) as rule
    from range(1, 10) as items (n)
)

select
    supporting.candidate_id,
    rules.place::integer as place,
    'tier_' || rules.place as tier_code,
    rules.role,
    'group' as scope,
    '层级 ' || rules.place as label_zh,
    'Tier ' || rules.place as label_en,
    '定义' as definition_zh,
    'definition' as definition_en,
    date '2026-03-14' as as_of_date,
    ['met', 'unknown', 'not_met'][1 + (rules.place % 3)::integer] as state,
    '至少7人、至多9人，需2人：已满足' as why_zh,
    '7 to 9 people count, 2 needed: met' as why_en,
    rules.rule,
    null as older_rule,
    [] as notes_zh,
    [] as notes_en,
    [] as conditions,
    [] as beside,
    case when rules.place <= 6 then supporting.members else [] end as members
from supporting
cross join rules
order by
    supporting.candidate_id,
    rules.place
