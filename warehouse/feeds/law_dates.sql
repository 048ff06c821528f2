-- The days that members of clusters carry in columns of their source's own.
-- One row per complaint and column that holds a date.
with members as (
    select distinct complaint_id
    from enriched.cluster_members
    where is_member
),

latest as (
    select
        complaints.complaint_id,
        try_cast(records.extra as json) as extra
    from staged.complaints
    join members using (complaint_id)
    join raw.records using (source, record_id, version_no)
    where records.extra is not null
),

columns as (
    select
        complaint_id,
        extra,
        unnest(json_keys(extra)) as column_name
    from latest
    where json_type(extra) = 'OBJECT'
),

cells as (
    select
        complaint_id,
        column_name,
        staged.written_at(
            raw.clean(json_extract_string(extra, '$."' || replace(column_name, '"', '\"') || '"'))
        )::date as day
    from columns
)

select
    complaint_id,
    column_name,
    day
from cells
where day is not null
order by
    complaint_id,
    column_name
