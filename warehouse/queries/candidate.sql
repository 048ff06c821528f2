-- One candidate with all that its page says of it.
-- One row, or none when the build does not hold it.
select
    candidate_id,
    rank,
    merchant_key,
    merchant_name,
    issue_axis,
    issue_code,
    label_zh,
    label_en,
    topic_terms,
    typical_title,
    window_start,
    window_end,
    complaints,
    complainants_certain,
    complainants_possible,
    expected,
    signal_method,
    signal_statistic,
    signal_lower,
    signal_observed,
    signal_windows,
    signal_searched,
    signal_p_adj,
    signal_false_alarm_rate,
    unusual_mix,
    unusual_mix_missing,
    loss,
    regions,
    reply_share,
    discount_reason,
    discount_share,
    first_flagged_on,
    lineage,
    parents,
    cohesion,
    score,
    reason_zh,
    reason_en,
    tiers,
    deadline_next,
    recent_days,
    (
        select sum(people)::integer
        from marts.further_people
        where further_people.candidate_id = $candidate_id
    ) as further_people
from marts.candidates
where candidate_id = $candidate_id
