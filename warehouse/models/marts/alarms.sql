-- The alarms of the newest seven covered days, named, each with the candidate that tells of it.
-- One row per merchant, axis and code.
with names as (
    select
        merchant_key,
        min(merchant_name) as merchant_name
    from enriched.merchant_names
    where merchant_key is not null
    group by merchant_key
),

found as (
    select
        candidates.merchant_key,
        candidates.issue_axis,
        candidates.issue_code,
        arg_min(candidates.candidate_id, candidates.rank) as candidate_id
    from marts.candidates
    cross join enriched.alarm_weeks
    where
        candidates.window_end >= alarm_weeks.week_start
        and candidates.window_start < alarm_weeks.week_start + 7
    group by
        candidates.merchant_key,
        candidates.issue_axis,
        candidates.issue_code
)

select
    alarms.place,
    alarms.merchant_key,
    names.merchant_name,
    alarms.issue_axis,
    alarms.issue_code,
    coalesce(entries.label_zh, alarms.issue_code) as label_zh,
    coalesce(entries.label_en, alarms.issue_code) as label_en,
    alarms.observed,
    alarms.expected,
    alarms.p_value,
    alarms.is_within_budget,
    alarms.is_lasting,
    found.candidate_id
from enriched.alarms
left join names using (merchant_key)
left join codes.entries
    on alarms.issue_axis = entries.axis
    and alarms.issue_code = entries.code
left join found using (merchant_key, issue_axis, issue_code)
order by alarms.place
