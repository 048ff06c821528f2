-- What each source holds, and what could not be told of its complaints.
-- One row per source with complaints.
with coded as (
    select distinct complaint_id
    from enriched.believed_findings() as findings
    where
        is_alleged
        and axis in ('pattern', 'wallet', 'nature')
),

loaded as (
    select
        source,
        max(loaded_at) as last_loaded_at
    from meta.loads
    group by source
)

select
    complaints.source,
    count(*) as complaints,
    min(complaints.event_date) as first_date,
    max(complaints.event_date) as last_date,
    count(*) filter (where complaints.event_date is null) as undated_count,
    count(*) filter (where respondents.merchant_key is null) as unnamed_count,
    count(*) filter (where coded.complaint_id is null) as uncoded_count,
    any_value(loaded.last_loaded_at) as last_loaded_at
from staged.complaints
left join enriched.respondents using (complaint_id)
left join coded using (complaint_id)
left join loaded using (source)
group by complaints.source
order by complaints.source
