-- The candidates that one came from, and those of this build that came from it.
-- One row per relation and candidate; is_here: this build has it. Labels are null where no build
-- that is kept names it.
with related as (
    select
        'parent' as relation,
        unnest(parents) as candidate_id
    from marts.candidates
    where candidate_id = $candidate_id

    union all

    select
        'child' as relation,
        candidate_id
    from marts.candidates
    where list_contains(parents, $candidate_id)
)

select
    related.relation,
    related.candidate_id,
    candidates.candidate_id is not null as is_here,
    coalesce(candidates.merchant_name, retired.merchant_name) as merchant_name,
    coalesce(candidates.issue_axis, retired.issue_axis) as issue_axis,
    coalesce(candidates.label_zh, retired.label_zh) as label_zh,
    coalesce(candidates.label_en, retired.label_en) as label_en,
    coalesce(candidates.topic_terms, '') as topic_terms
from related
left join marts.candidates using (candidate_id)
left join marts.retired_candidates as retired using (candidate_id)
order by
    related.relation desc,
    related.candidate_id
