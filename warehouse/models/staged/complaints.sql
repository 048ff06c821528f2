-- The latest version of every complaint, cast and renamed.
-- One row per complaint.
with latest as (
    select
        source,
        record_id,
        max(version_no) as version_no
    from raw.records
    group by source, record_id
),

answering_sources as (
    select distinct source
    from raw.records
    where staged.is_reply_list(replies)
),

named as (
    select
        records.source || ':' || records.record_id as complaint_id,
        records.source,
        records.record_id,
        records.version_no,
        raw.clean(records.title) as title,
        coalesce(records.text, '') as text,
        records.author_key,
        raw.clean(records.respondent) as respondent_name,
        raw.clean(records.platform) as platform_name,
        raw.clean(records.region) as region_name,
        raw.clean(records.url) as url,
        staged.amount(records.amount_value) as amount_value,
        raw.clean(records.amount_currency) as amount_currency,
        raw.clean(records.status) as status,
        raw.clean(records.kind) as kind,
        raw.clean(records.published_at) as published_text,
        raw.clean(records.received_at) as received_text,
        raw.clean(records.problem) as problem,
        raw.clean(records.demand) as demand,
        raw.clean(records.product) as product,
        raw.clean(records.sub_product) as sub_product,
        raw.clean(records.issue) as issue,
        raw.clean(records.sub_issue) as sub_issue,
        records.replies,
        case
            when staged.is_reply_list(records.replies) then staged.is_answered(
                list_transform(
                    json_extract(try_cast(records.replies as json), '$[*]'),
                    reply -> json_extract_string(reply, '$.by')
                )
            )
            when records.replies is null and answering_sources.source is not null then false
        end as has_replies,
        records.content_hash
    from raw.records
    join latest using (source, record_id, version_no)
    left join answering_sources using (source)
)

select
    named.complaint_id,
    named.source,
    named.record_id,
    named.version_no,
    versions.known_at,
    named.title,
    named.text,
    named.author_key,
    named.respondent_name,
    named.platform_name,
    named.region_name,
    named.url,
    named.amount_value,
    named.amount_currency,
    named.status,
    named.kind,
    staged.moment_at(named.published_text) as published_at,
    staged.moment_at(named.received_text) as received_at,
    coalesce(
        staged.written_at(named.published_text),
        staged.written_at(named.received_text)
    )::date as event_date,
    named.problem,
    named.demand,
    named.product,
    named.sub_product,
    named.issue,
    named.sub_issue,
    named.replies,
    named.has_replies,
    named.content_hash,
    sha256(
        concat_ws(
            chr(31),
            'title=' || named.title,
            'text=' || named.text,
            'respondent_name=' || named.respondent_name,
            'platform_name=' || named.platform_name,
            'region_name=' || named.region_name,
            'amount_value=' || named.amount_value,
            'amount_currency=' || named.amount_currency,
            'status=' || named.status,
            'kind=' || named.kind,
            'published_at=' || named.published_text,
            'received_at=' || named.received_text,
            'problem=' || named.problem,
            'demand=' || named.demand,
            'product=' || named.product,
            'sub_product=' || named.sub_product,
            'issue=' || named.issue,
            'sub_issue=' || named.sub_issue
        )
    )[:32] as input_hash
from named
join staged.complaint_versions as versions using (complaint_id, version_no)
