-- The kept items of the load as versions of records, verbatim.
-- One row per kept item.
select
    $source as source,
    judged_items.record_id,
    judged_items.version_no,
    judged_items.content_hash,
    $load_id as load_id,
    incoming.item_no,
    $at as fetched_at,
    incoming.title,
    incoming.text,
    incoming.author_key,
    incoming.respondent,
    incoming.platform,
    incoming.region,
    incoming.url,
    incoming.amount_value,
    incoming.amount_currency,
    incoming.status,
    incoming.kind,
    incoming.published_at,
    incoming.received_at,
    incoming.problem,
    incoming.demand,
    incoming.product,
    incoming.sub_product,
    incoming.issue,
    incoming.sub_issue,
    incoming.replies,
    incoming.extra
from incoming
join judged_items using (item_no)
where judged_items.disposition = 'kept'
