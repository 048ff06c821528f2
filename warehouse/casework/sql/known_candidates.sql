-- Every candidate ever minted, as it was in the last build in which it lived.
-- One row per candidate.
with last_lives as (
    select
        candidate_id,
        max(build_no) as build_no
    from lineage
    where lineage <> 'retired'
    group by candidate_id
)

select
    candidates.candidate_id,
    candidates.merchant_key,
    candidates.issue_axis,
    candidates.issue_code,
    member_sets.members,
    candidates.first_flagged_on,
    last_lives.build_no < (select max(build_no) from builds) as is_retired,
    member_sets.members_hash
from candidates
join last_lives using (candidate_id)
join lineage using (candidate_id, build_no)
join member_sets using (members_hash)
order by candidates.candidate_id
