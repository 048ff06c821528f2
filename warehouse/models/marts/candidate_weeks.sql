-- Timeline of every dated candidate: half a year before its window, and the window.
-- One row per candidate and week.
with weeks as (
    select
        candidate_id,
        merchant_key,
        issue_axis,
        issue_code,
        unnest(
            generate_series(
                date_trunc('week', window_start) - interval 26 weeks,
                date_trunc('week', window_end),
                interval 1 week
            )
        )::date as week_start
    from marts.candidates
    where window_start is not null
),

member_weeks as (
    select
        candidate_members.candidate_id,
        date_trunc('week', complaints.event_date)::date as week_start,
        count(*)::integer as members
    from marts.candidate_members
    join staged.complaints using (complaint_id)
    where candidate_members.is_member
    group by
        candidate_members.candidate_id,
        week_start
),

scopes as (
    select distinct
        candidates.candidate_id,
        candidates.merchant_key,
        complaints.source
    from marts.candidates
    join marts.candidate_members using (candidate_id)
    join staged.complaints using (complaint_id)
    where candidate_members.is_member
),

merchant_sources as (
    select distinct
        merchant_key,
        source
    from scopes
),

declared_days as (
    select distinct
        merchant_sources.merchant_key,
        merchant_sources.source,
        unnest(
            generate_series(coverage.covered_from, coverage.covered_to, interval 1 day)
        )::date as day
    from merchant_sources
    join meta.coverage using (source)
    left join enriched.merchant_names on coverage.respondent = merchant_names.raw
    where
        coverage.respondent is null
        or merchant_names.merchant_key = merchant_sources.merchant_key
),

covered_weeks as (
    select
        merchant_key,
        source,
        date_trunc('week', day)::date as week_start
    from declared_days
    group by
        merchant_key,
        source,
        week_start
    having count(*) = 7
),

declared_scopes as (
    select distinct
        merchant_key,
        source
    from declared_days
),

candidate_scopes as (
    select
        scopes.candidate_id,
        count(*) as sources,
        count(declared_scopes.source) as declared_sources
    from scopes
    left join declared_scopes
        on scopes.source = declared_scopes.source
        and scopes.merchant_key is not distinct from declared_scopes.merchant_key
    group by scopes.candidate_id
),

candidate_covered_weeks as (
    select
        scopes.candidate_id,
        covered_weeks.week_start,
        count(*) as covered_sources
    from scopes
    join covered_weeks
        on scopes.source = covered_weeks.source
        and scopes.merchant_key is not distinct from covered_weeks.merchant_key
    group by
        scopes.candidate_id,
        covered_weeks.week_start
)

select
    weeks.candidate_id,
    weeks.week_start,
    coalesce(member_weeks.members, 0) as members,
    case
        when weeks.issue_axis <> 'topic' and weeks.merchant_key is not null
            then coalesce(merchant_code_weeks.complaints, 0)
    end as complaints,
    expected_weeks.expected,
    expected_weeks.upper,
    case
        when candidate_scopes.declared_sources = candidate_scopes.sources
            then coalesce(candidate_covered_weeks.covered_sources, 0) = candidate_scopes.sources
    end as is_covered
from weeks
join candidate_scopes using (candidate_id)
left join member_weeks using (candidate_id, week_start)
left join candidate_covered_weeks using (candidate_id, week_start)
left join marts.merchant_code_weeks using (merchant_key, issue_axis, issue_code, week_start)
left join enriched.expected_weeks using (merchant_key, issue_axis, issue_code, week_start)
order by
    weeks.candidate_id,
    weeks.week_start
