-- Generated candidates, the first with very many members.
-- One row per candidate.
with numbers as (
    select
        n,
        (hash(n) % 5000)::integer as merchant_no,
        1 + (hash(n + 7) % 33)::integer as code_no,
        date '2023-08-01' + (hash(n + 8) % 800)::integer as window_start,
        (6 + hash(n + 9) % 84)::integer as last_day_no,
        case when n = 1 then $largest else 9 end as size
    from range(1, $candidates + 1) as items (n)
)

select
    'c-' || n as candidate_id,
    n::integer as rank,
    'm-' || merchant_no as merchant_key,
    '云泊商家' || merchant_no as merchant_name,
    'pattern' as issue_axis,
    'pattern_' || code_no as issue_code,
    '套路 ' || code_no as label_zh,
    'Pattern ' || code_no as label_en,
    '卡密 客服 充值' as topic_terms,
    '买到的卡密已被使用' as typical_title,
    case when n % 20 > 0 then window_start end as window_start,
    case when n % 20 > 0 then window_start + last_day_no end as window_end,
    size as complaints,
    size - 2 as complainants_certain,
    size as complainants_possible,
    case when n % 3 > 0 then 2.1 end as expected,
    case when n % 3 > 0 then 'gamma_poisson' end as signal_method,
    case when n % 3 > 0 then 0.0004 end as signal_statistic,
    case when n % 3 > 0 then 1.9 end as signal_lower,
    case when n % 3 > 0 then 9 end as signal_observed,
    case when n % 3 > 0 then 12.0 end as signal_windows,
    case when n % 3 > 0 then 0.01 end as signal_searched,
    case when n % 3 > 0 then 0.04 end as signal_p_adj,
    case when n % 3 > 0 then 0.0017 end as signal_false_alarm_rate,
    'no_background' as unusual_mix_missing,
    [struct_pack(currency := 'CNY', known := size - 4, "of" := size, sum := 4310.0, median := 431.0)] as loss,
    [
        struct_pack(region := ['Guangdong', 'Jiangsu', 'Zhejiang'][1 + n % 3], complaints := 4),
        struct_pack(region := ['Beijing', 'Sichuan', 'Ohio'][1 + n % 3], complaints := 2)
    ] as regions,
    0.2 as reply_share,
    case when n % 10 = 0 then 'copied_wording' end as discount_reason,
    case when n % 10 = 0 then 0.4 end as discount_share,
    date '2026-02-01' as first_flagged_on,
    case when n % 4 = 0 then 'born' else 'continued' end as lineage,
    [] as parents,
    0.7 as cohesion,
    1000.0 - n / 1000 as score,
    '7至9名投诉人投诉云泊商家' || merchant_no || '，9件中8件指称“套路 ' || code_no || '”，多提到卡密、客服、充值；其中2件有回复。' as reason_zh,
    '7 to 9 complainants about 云泊商家' || merchant_no || ': 8 of 9 complaints allege ''Pattern ' || code_no || '''; 2 of 9 have a reply.' as reason_en,
    list_transform(
        ['joint', 'numerous', 'public_interest'],
        lambda code, place: struct_pack(
            code := code,
            label_zh := '层级 ' || code,
            label_en := 'Tier ' || code,
            state := ['met', 'unknown', 'not_met'][1 + ((n + place) % 3)::integer]
        )
    ) as tiers,
    case
        when n % 4 = 0 then struct_pack(
            code := 'promised_refund',
            label_zh := '承诺退款',
            label_en := 'promised refund',
            due_date := date '2026-03-20',
            days_left := 6
        )
    end as deadline_next,
    false as is_public,
    case
        when n % 20 > 0 then list_transform(
            range(12),
            lambda step: struct_pack(
                day := window_start + (step * last_day_no // 12)::integer,
                complaints := (step * step // 20 + hash(n + step) % 3)::integer
            )
        )
        else []
    end as recent_days
from numbers
order by n
