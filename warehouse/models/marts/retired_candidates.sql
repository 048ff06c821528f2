-- Candidates of earlier builds that no cluster of this one continues, and where they went.
-- One row per candidate.
with heirs as (
    select
        parent as candidate_id,
        list(candidate_id order by candidate_id) as went_into
    from (
        select
            candidate_id,
            unnest(parents) as parent
        from casework.candidates
    ) as parentage
    group by parent
),

names as (
    select
        merchant_key,
        min(merchant_name) as merchant_name
    from enriched.merchant_names
    where merchant_key is not null
    group by merchant_key
)

select
    retired.candidate_id,
    retired.merchant_key,
    names.merchant_name,
    retired.issue_axis,
    retired.issue_code,
    coalesce(entries.label_zh, retired.issue_code) as label_zh,
    coalesce(entries.label_en, retired.issue_code) as label_en,
    retired.complaints,
    retired.first_flagged_on,
    retired.last_flagged_on,
    coalesce(heirs.went_into, []) as went_into
from casework.retired_candidates as retired
left join names using (merchant_key)
left join codes.entries
    on retired.issue_axis = entries.axis
    and retired.issue_code = entries.code
left join heirs using (candidate_id)
order by retired.candidate_id
