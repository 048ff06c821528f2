-- What becomes of each incoming item: kept as a new or changed version, duplicate, or rejected.
-- One row per incoming item. An item is compared with the version before it, in the load or in
-- raw.records; an item of a file that was loaded before, with any version: an old export that is
-- loaded once more says nothing new and must not turn newer states back.
with cleaned as (
    select
        item_no,
        file_no,
        reject_reason,
        raw.own_id(record_id) as own_id,
        author_key,
        replies,
        extra,
        raw.clean(title) as title,
        raw.clean(text) as text,
        raw.clean(respondent) as respondent,
        raw.clean(platform) as platform,
        raw.clean(region) as region,
        raw.clean(url) as url,
        raw.clean(amount_value) as amount_value,
        raw.clean(amount_currency) as amount_currency,
        raw.clean(status) as status,
        raw.clean(kind) as kind,
        raw.clean(published_at) as published_at,
        raw.clean(received_at) as received_at,
        raw.clean(problem) as problem,
        raw.clean(demand) as demand,
        raw.clean(product) as product,
        raw.clean(sub_product) as sub_product,
        raw.clean(issue) as issue,
        raw.clean(sub_issue) as sub_issue
    from incoming
),

hashed as (
    select
        item_no,
        file_no,
        own_id,
        case
            when reject_reason is not null then reject_reason
            when coalesce(title, text, problem, product, issue) is null then 'no_content'
            when own_id is null and len($identity_columns) = 0 then 'no_record_id'
        end as reject_reason,
        sha256(
            concat_ws(
                chr(31),
                'title=' || title,
                'text=' || text,
                'author_key=' || author_key,
                'respondent=' || respondent,
                'platform=' || platform,
                'region=' || region,
                'url=' || url,
                'amount_value=' || amount_value,
                'amount_currency=' || amount_currency,
                'status=' || status,
                'kind=' || kind,
                'published_at=' || published_at,
                'received_at=' || received_at,
                'problem=' || problem,
                'demand=' || demand,
                'product=' || product,
                'sub_product=' || sub_product,
                'issue=' || issue,
                'sub_issue=' || sub_issue,
                'replies=' || replies,
                'extra=' || extra
            )
        )[:32] as content_hash,
        sha256(
            concat_ws(
                chr(31),
                case when list_contains($identity_columns, 'title') then 'title=' || title end,
                case when list_contains($identity_columns, 'text') then 'text=' || text end,
                case when list_contains($identity_columns, 'author') then 'author=' || author_key end,
                case when list_contains($identity_columns, 'respondent') then 'respondent=' || respondent end,
                case when list_contains($identity_columns, 'platform') then 'platform=' || platform end,
                case when list_contains($identity_columns, 'region') then 'region=' || region end,
                case when list_contains($identity_columns, 'url') then 'url=' || url end,
                case when list_contains($identity_columns, 'amount_value') then 'amount_value=' || amount_value end,
                case when list_contains($identity_columns, 'amount_currency') then 'amount_currency=' || amount_currency end,
                case when list_contains($identity_columns, 'status') then 'status=' || status end,
                case when list_contains($identity_columns, 'kind') then 'kind=' || kind end,
                case when list_contains($identity_columns, 'published_at') then 'published_at=' || published_at end,
                case when list_contains($identity_columns, 'received_at') then 'received_at=' || received_at end,
                case when list_contains($identity_columns, 'problem') then 'problem=' || problem end,
                case when list_contains($identity_columns, 'demand') then 'demand=' || demand end,
                case when list_contains($identity_columns, 'product') then 'product=' || product end,
                case when list_contains($identity_columns, 'sub_product') then 'sub_product=' || sub_product end,
                case when list_contains($identity_columns, 'issue') then 'issue=' || issue end,
                case when list_contains($identity_columns, 'sub_issue') then 'sub_issue=' || sub_issue end
            )
        )[:24] as identity_hash
    from cleaned
),

known as (
    select
        record_id,
        arg_max(content_hash, version_no) as content_hash,
        max(version_no) as version_no
    from raw.records
    where source = $source
    group by record_id
),

identified as (
    select
        item_no,
        file_no,
        coalesce(own_id, 'h-' || identity_hash) as record_id,
        content_hash
    from hashed
    where reject_reason is null
),

repeated as (
    select
        identified.item_no,
        identified.record_id,
        identified.content_hash
    from identified
    semi join raw.records
        on records.source = $source
        and identified.record_id = records.record_id
        and identified.content_hash = records.content_hash
    where list_contains($known_file_nos, identified.file_no)
),

compared as (
    select
        identified.item_no,
        identified.record_id,
        identified.content_hash,
        coalesce(known.version_no, 0) as known_version_no,
        coalesce(
            lag(identified.content_hash) over versions,
            known.content_hash
        ) as previous_hash
    from identified
    anti join repeated using (item_no)
    left join known using (record_id)
    window versions as (partition by identified.record_id order by identified.item_no)
),

judged as (
    select
        item_no,
        record_id,
        content_hash,
        case
            when previous_hash is null then 'new'
            when previous_hash = content_hash then 'same_content'
            else 'changed'
        end as reason,
        known_version_no + count(*) filter (
            where previous_hash is null or previous_hash <> content_hash
        ) over (partition by record_id order by item_no) as version_no
    from compared
    union all by name
    select
        item_no,
        record_id,
        content_hash,
        'same_content' as reason
    from repeated
)

select
    hashed.item_no,
    judged.record_id,
    judged.content_hash,
    case
        when hashed.reject_reason is not null then 'rejected'
        when judged.reason = 'same_content' then 'duplicate'
        else 'kept'
    end as disposition,
    coalesce(hashed.reject_reason, judged.reason) as reason,
    judged.version_no
from hashed
left join judged using (item_no)
