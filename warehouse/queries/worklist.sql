-- One page of the worklist under its filters; every parameter may be null.
-- One row per candidate; matching_count is how many match on all pages. $sort is `newest` (the last
-- complaint first, undated ones last), `people` (most certain complainants first), `deadline` (the next to
-- fall due first, those without one last) or `score`;
-- $tier is the code of a tier that is met; $hidden_ids are left out, and where $only_ids is a list,
-- no others are shown.
with matching as materialized (
    select
        rank,
        row_number() over (
            order by
                case when $sort = 'newest' then window_end end desc nulls last,
                case when $sort = 'people' then complainants_certain end desc,
                case
                    when $sort = 'deadline'
                        then coalesce(deadline_next.due_date, deadline_next.due_not_before_date)
                end asc nulls last,
                rank
        ) as place
    from marts.candidates
    where not list_contains($hidden_ids, candidate_id)
        and ($only_ids is null or list_contains($only_ids, candidate_id))
        and ($merchant_key is null or merchant_key = $merchant_key)
        and ($issue_code is null or issue_code = $issue_code)
        and (
            $region is null
            or list_contains(list_transform(regions, lambda item: item.region), $region)
        )
        and (
            $tier is null
            or list_contains(
                list_transform(
                    list_filter(tiers, lambda one: one.state = 'met'),
                    lambda one: one.code
                ),
                $tier
            )
        )
        and ($since is null or window_end >= $since)
        and (
            $text is null
            or contains(lower(merchant_name), lower($text))
            or contains(lower(label_zh), lower($text))
            or contains(lower(label_en), lower($text))
            or contains(lower(topic_terms), lower($text))
            or candidate_id = $text
        )
),

shown as materialized (
    select
        rank,
        place
    from matching
    order by place
    limit $limit offset $offset
)

select
    candidates.candidate_id,
    candidates.rank,
    candidates.merchant_key,
    candidates.merchant_name,
    candidates.issue_axis,
    candidates.issue_code,
    candidates.label_zh,
    candidates.label_en,
    candidates.topic_terms,
    candidates.typical_title,
    candidates.window_start,
    candidates.window_end,
    candidates.complaints,
    candidates.complainants_certain,
    candidates.complainants_possible,
    candidates.expected,
    candidates.loss,
    candidates.reason_zh,
    candidates.reason_en,
    candidates.recent_days,
    candidates.lineage,
    candidates.discount_reason,
    candidates.discount_share,
    candidates.tiers,
    candidates.deadline_next,
    (select count(*) from matching) as matching_count
from marts.candidates
join shown using (rank)
order by shown.place
