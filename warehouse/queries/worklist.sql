-- One page of the worklist under its filters; every parameter may be null.
-- One row per candidate, best first; matching_count is how many match on all pages.
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
    window_start,
    window_end,
    complaints,
    complainants_certain,
    complainants_possible,
    expected,
    loss,
    reason_zh,
    reason_en,
    recent_days,
    lineage,
    discount_share,
    count(*) over () as matching_count
from marts.candidates
where ($merchant_key is null or merchant_key = $merchant_key)
    and ($issue_code is null or issue_code = $issue_code)
    and ($region is null or list_contains(list_transform(regions, lambda item: item.region), $region))
    and ($since is null or window_end >= $since)
    and (
        $text is null
        or contains(lower(concat_ws(' ', merchant_name, label_zh, label_en, topic_terms, candidate_id)), lower($text))
    )
order by rank
limit $limit offset $offset
