-- The worklist: clusters under their minted ids, with labels, losses, regions and a sparkline.
-- One row per candidate.
with members as (
    select
        cluster_members.cluster_id,
        cluster_members.complaint_id,
        complaints.event_date,
        complaints.source,
        readings.region
    from enriched.cluster_members
    join staged.complaints using (complaint_id)
    join enriched.readings using (complaint_id)
    where cluster_members.is_member
),

publicity as (
    select
        members.cluster_id,
        bool_and(coalesce(sources.is_public, false)) as is_public
    from members
    left join codes.sources using (source)
    group by members.cluster_id
),

losses as (
    select
        cluster_id,
        list(
            struct_pack(
                currency := currency,
                known := known_count,
                "of" := member_count,
                sum := total,
                median := median
            )
            order by known_count desc, currency
        ) as loss
    from enriched.cluster_losses
    group by cluster_id
),

region_counts as (
    select
        cluster_id,
        region,
        count(*)::integer as complaints
    from members
    where region is not null
    group by
        cluster_id,
        region
),

-- A title of more than 60 characters is a sentence that nobody reads in a list.
typical_titles as (
    select
        cluster_members.cluster_id,
        first(
            left(readings.redacted_text, readings.title_length)
            order by
                cluster_members.typicality desc,
                readings.title_length,
                cluster_members.complaint_id
        ) as typical_title
    from enriched.cluster_members
    join enriched.readings using (complaint_id)
    where
        cluster_members.is_member
        and readings.title_length between 1 and 60
    group by cluster_members.cluster_id
),

regions as (
    select
        cluster_id,
        list(
            struct_pack(region := region, complaints := complaints)
            order by complaints desc, region
        ) as regions
    from region_counts
    group by cluster_id
),

tiers as (
    select
        candidate_id,
        list(
            struct_pack(
                code := tier_code,
                label_zh := label_zh,
                label_en := label_en,
                state := state
            )
            order by place
        ) as tiers
    from marts.candidate_tiers
    where role = 'tier'
    group by candidate_id
),

-- Where the working days of a year are not known, a deadline is nearest by the earliest day it can be.
next_deadlines as (
    select
        candidate_id,
        first(
            struct_pack(
                code := deadline_code,
                label_zh := label_zh,
                label_en := label_en,
                owed_by_zh := owed_by_zh,
                owed_by_en := owed_by_en,
                state := state,
                amount := amount,
                unit := unit,
                calendar := calendar,
                start_date := start_date,
                due_date := due_date,
                due_not_before_date := due_not_before_date,
                days_left := days_left,
                rule := rule,
                older_rule := older_rule,
                notes_zh := notes_zh,
                notes_en := notes_en,
                complaint_id := complaint_id,
                as_of_date := as_of_date
            )
            order by
                coalesce(due_date, due_not_before_date),
                deadline_code,
                complaint_id,
                start_date
        ) as deadline_next
    from marts.candidate_deadlines
    where state = 'running'
    group by candidate_id
),

windows as (
    select
        cluster_id,
        window_start,
        window_end - window_start as last_day_no,
        (window_end - window_start) // 24 + 1 as step_days
    from enriched.clusters
    where window_start is not null
),

steps as (
    select
        cluster_id,
        window_start,
        step_days,
        unnest(range(0, last_day_no // step_days + 1)) as step_no
    from windows
),

step_counts as (
    select
        members.cluster_id,
        (members.event_date - windows.window_start) // windows.step_days as step_no,
        count(*)::integer as complaints
    from members
    join windows using (cluster_id)
    where members.event_date >= windows.window_start
    group by
        members.cluster_id,
        step_no
),

sparklines as (
    select
        steps.cluster_id,
        list(
            struct_pack(
                day := steps.window_start + (steps.step_no * steps.step_days)::integer,
                complaints := coalesce(step_counts.complaints, 0)
            )
            order by steps.step_no
        ) as recent_days
    from steps
    left join step_counts using (cluster_id, step_no)
    group by steps.cluster_id
)

select
    candidates.candidate_id,
    row_number() over (
        order by
            clusters.score desc,
            clusters.complainants_certain desc,
            candidates.candidate_id
    )::integer as rank,
    clusters.merchant_key,
    clusters.merchant_name,
    clusters.issue_axis,
    clusters.issue_code,
    coalesce(entries.label_zh, nullif(clusters.topic_terms, ''), clusters.issue_code) as label_zh,
    coalesce(entries.label_en, nullif(clusters.topic_terms, ''), clusters.issue_code) as label_en,
    clusters.topic_terms,
    typical_titles.typical_title,
    clusters.window_start,
    clusters.window_end,
    clusters.complaints,
    clusters.complainants_certain,
    clusters.complainants_possible,
    clusters.expected,
    clusters.signal_method,
    clusters.signal_statistic,
    clusters.signal_lower,
    clusters.signal_observed,
    clusters.signal_windows,
    clusters.signal_searched,
    clusters.signal_p_adj,
    case when clusters.expected is not null then alarm_weeks.band_false_alarm_rate end as signal_false_alarm_rate,
    case
        when code_mixes.is_signal is not null then struct_pack(
            method := 'ebgm',
            ratio := code_mixes.ratio,
            lower := code_mixes.lower,
            upper := code_mixes.upper,
            is_signal := code_mixes.is_signal,
            share := code_mixes.share,
            background_share := code_mixes.background_share,
            background := code_mixes.background,
            expected := code_mixes.mix_expected,
            ic := code_mixes.ic,
            ic_lower := code_mixes.ic_lower,
            ic_upper := code_mixes.ic_upper
        )
    end as unusual_mix,
    case
        when code_mixes.is_signal is not null then null
        when clusters.merchant_key is null then 'no_merchant'
        else coalesce(code_mixes.missing, 'no_code')
    end as unusual_mix_missing,
    coalesce(losses.loss, []) as loss,
    coalesce(regions.regions, []) as regions,
    clusters.reply_share,
    clusters.discount_reason,
    clusters.discount_share,
    candidates.first_flagged_on,
    candidates.lineage,
    candidates.parents,
    clusters.cohesion,
    clusters.score,
    clusters.reason_zh,
    clusters.reason_en,
    coalesce(tiers.tiers, []) as tiers,
    next_deadlines.deadline_next,
    coalesce(publicity.is_public, false) as is_public,
    coalesce(sparklines.recent_days, []) as recent_days
from enriched.clusters
join casework.candidates using (cluster_id)
left join codes.entries
    on clusters.issue_axis = entries.axis
    and clusters.issue_code = entries.code
left join enriched.code_mixes
    on clusters.merchant_key = code_mixes.merchant_key
    and clusters.issue_axis = code_mixes.issue_axis
    and clusters.issue_code = code_mixes.issue_code
left join enriched.alarm_weeks on true
left join publicity using (cluster_id)
left join losses using (cluster_id)
left join regions using (cluster_id)
left join typical_titles using (cluster_id)
left join sparklines using (cluster_id)
left join tiers using (candidate_id)
left join next_deadlines using (candidate_id)
order by rank
