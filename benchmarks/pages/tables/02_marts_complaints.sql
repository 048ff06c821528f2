-- Generated complaints of 5,000 merchants, few of which have most of them.
-- One row per complaint, those of one merchant together.
with numbers as (
    select
        n,
        (5000 * power((hash(n) % 1000000) / 1e6, 3))::integer as merchant_no,
        (hash(n + 1) % 1000)::integer as day_no,
        (hash(n + 2) % 1000)::integer as chance
    from range(1, $complaints + 1) as items (n)
)

select
    'posts:' || n as complaint_id,
    'posts' as source,
    n::varchar as record_id,
    case when chance >= 30 then date '2023-06-01' + day_no end as event_date,
    'm-' || merchant_no as merchant_key,
    '云泊商家' || merchant_no as merchant_name,
    'retail' as sector,
    'named' as identity,
    'complaint' as kind,
    'zh' as language,
    ['Guangdong', 'Jiangsu', 'Zhejiang', 'Beijing', 'Sichuan', 'Ohio'][1 + chance % 6] as region,
    case when chance % 2 = 0 then 'unresolved' else 'unknown' end as outcome,
    case when chance % 3 > 0 then 50 + chance end as loss_value,
    case when chance % 3 > 0 then 'CNY' end as loss_currency,
    '卡密已被使用' || chr(10) || '我在云泊商家' || merchant_no || '买了第' || n
    || '张充值卡，付款后店家发来卡密。充值时提示卡密已被使用，找客服没有人回应，'
    || repeat('平台让我提供更多截图，我都交了，仍然没有结果。', 5) as redacted_text,
    6 as title_length,
    case when chance % 4 = 0 then ['evidence_1', 'evidence_2'] else [] end as evidence,
    chance % 5 = 0 as has_replies,
    chance % 10 = 0 as is_copy,
    1 as version_count
from numbers
order by
    merchant_no,
    n
