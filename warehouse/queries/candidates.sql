-- The ranked worklist with every key of the contract; what is not computed yet is null.
-- One row per candidate, best first. `why` is Chinese, `why_en` English; `analogues` holds flags and
-- foreign rules, which are no tiers; `deadline_next` is null where no deadline is known to run.
with shown as (
    select candidate_id
    from marts.candidates
    where
        rank > $offset
        and rank <= $offset + $limit
),

members as (
    select
        candidate_members.candidate_id,
        list(
            struct_pack(source := complaints.source, id := complaints.record_id)
            order by complaints.source, complaints.record_id
        ) as members
    from marts.candidate_members
    join shown using (candidate_id)
    join marts.complaints using (complaint_id)
    where candidate_members.is_member
    group by candidate_members.candidate_id
),

supporting as (
    select
        candidate_tiers.candidate_id,
        candidate_tiers.tier_code,
        unnest(candidate_tiers.members) as complaint_id
    from marts.candidate_tiers
    join shown using (candidate_id)
),

support as (
    select
        supporting.candidate_id,
        supporting.tier_code,
        list(
            struct_pack(source := complaints.source, id := complaints.record_id)
            order by complaints.source, complaints.record_id
        ) as members
    from supporting
    join marts.complaints using (complaint_id)
    group by
        supporting.candidate_id,
        supporting.tier_code
),

decided as (
    select
        candidate_tiers.candidate_id,
        candidate_tiers.tier_code,
        candidate_tiers.role,
        candidate_tiers.place,
        candidate_tiers.label_zh,
        candidate_tiers.label_en,
        struct_pack(
            state := candidate_tiers.state,
            why := candidate_tiers.why_zh,
            why_en := candidate_tiers.why_en,
            rule := candidate_tiers.rule,
            older_rule := candidate_tiers.older_rule,
            notes_zh := candidate_tiers.notes_zh,
            notes_en := candidate_tiers.notes_en,
            beside := list_transform(
                candidate_tiers.beside,
                lambda one: struct_pack(code := one.code, state := one.state)
            ),
            as_of_date := candidate_tiers.as_of_date,
            members := coalesce(support.members, [])
        ) as tier
    from marts.candidate_tiers
    join shown using (candidate_id)
    left join support using (candidate_id, tier_code)
),

tiers as (
    select
        candidate_id,
        struct_pack(
            joint := any_value(tier) filter (where tier_code = 'joint'),
            numerous := any_value(tier) filter (where tier_code = 'numerous'),
            public_interest := any_value(tier) filter (where tier_code = 'public_interest')
        ) as tiers,
        list(
            struct_pack(
                code := tier_code,
                role := role,
                label_zh := label_zh,
                label_en := label_en,
                state := tier.state,
                why := tier.why,
                why_en := tier.why_en,
                rule := tier.rule,
                older_rule := tier.older_rule,
                notes_zh := tier.notes_zh,
                notes_en := tier.notes_en,
                as_of_date := tier.as_of_date,
                members := tier.members
            )
            order by place
        ) filter (where role <> 'tier') as analogues
    from decided
    group by candidate_id
)

select
    candidates.candidate_id,
    candidates.merchant_key,
    candidates.merchant_name,
    candidates.issue_axis,
    candidates.issue_code,
    candidates.label_zh,
    candidates.label_en,
    candidates.window_start,
    candidates.window_end,
    candidates.complaints,
    candidates.complainants_certain,
    candidates.complainants_possible,
    candidates.expected,
    case
        when candidates.signal_method is not null then struct_pack(
            method := candidates.signal_method,
            statistic := candidates.signal_statistic,
            lower := candidates.signal_lower,
            p_adj := candidates.signal_p_adj,
            false_alarm_rate := candidates.signal_false_alarm_rate,
            observed := candidates.signal_observed
        )
    end as signal,
    candidates.unusual_mix,
    candidates.unusual_mix_missing,
    tiers.tiers,
    tiers.analogues,
    candidates.loss,
    candidates.regions,
    candidates.reply_share,
    completeness.share as evidence_completeness,
    case
        when candidates.discount_reason is not null then struct_pack(
            reason := candidates.discount_reason,
            share := candidates.discount_share
        )
    end as discount,
    candidates.deadline_next,
    candidates.first_flagged_on,
    candidates.lineage,
    candidates.score,
    candidates.reason_zh,
    candidates.reason_en,
    members.members
from marts.candidates
join members using (candidate_id)
left join tiers using (candidate_id)
left join marts.candidate_completeness as completeness using (candidate_id)
order by candidates.rank
