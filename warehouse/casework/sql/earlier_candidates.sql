-- Every candidate of the builds before one, or of all where that one is not minted yet.
-- One row per candidate, as it was in the last of them in which it lived.
with last_lives as (
    select
        candidate_id,
        max(build_no) as build_no
    from lineage
    where
        lineage <> 'retired'
        and ($build_no is null or build_no < $build_no)
    group by candidate_id
)

select
    candidates.candidate_id,
    candidates.merchant_key,
    candidates.issue_axis,
    candidates.issue_code,
    candidates.first_flagged_on,
    builds.minted_at,
    member_sets.members
from candidates
join last_lives using (candidate_id)
join builds using (build_no)
join lineage using (candidate_id, build_no)
join member_sets using (members_hash)
order by candidates.candidate_id
