-- Contacts that a source gives in columns of their own, as keyed hashes.
-- One row per complaint and contact, of the latest version.
with latest as (
    select
        source,
        record_id,
        max(version_no) as version_no
    from raw.records
    group by source, record_id
),

contacts as (
    select
        records.source || ':' || records.record_id as complaint_id,
        unnest(json_keys(try_cast(records.extra as json), '$.contacts')) as kind,
        try_cast(records.extra as json) as extra
    from raw.records
    join latest using (source, record_id, version_no)
    where contains(records.extra, '"contacts"')
)

select
    complaint_id,
    kind,
    json_extract_string(extra, '$.contacts."' || kind || '"') as link_key
from contacts
where json_extract_string(extra, '$.contacts."' || kind || '"') is not null
