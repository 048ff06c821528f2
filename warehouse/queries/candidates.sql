-- The ranked worklist with every key of the contract; what is not computed yet is null.
-- One row per candidate, best first.
with members as (
    select
        candidate_members.candidate_id,
        list(
            struct_pack(source := complaints.source, id := complaints.record_id)
            order by complaints.source, complaints.record_id
        ) as members
    from marts.candidate_members
    join marts.complaints using (complaint_id)
    join marts.candidates using (candidate_id)
    where
        candidate_members.is_member
        and candidates.rank > $offset
        and candidates.rank <= $offset + $limit
    group by candidate_members.candidate_id
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
            p_adj := null::double,
            false_alarm_rate := null::double
        )
    end as signal,
    null as tiers,
    candidates.loss,
    candidates.regions,
    candidates.reply_share,
    null::double as evidence_completeness,
    case
        when candidates.discount_reason is not null then struct_pack(
            reason := candidates.discount_reason,
            share := candidates.discount_share
        )
    end as discount,
    null::date as deadline_next,
    candidates.first_flagged_on,
    candidates.lineage,
    candidates.score,
    candidates.reason_zh,
    candidates.reason_en,
    members.members
from marts.candidates
join members using (candidate_id)
order by candidates.rank
