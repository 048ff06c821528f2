-- What the build of one input made of its clusters.
-- One row per cluster; none when that input was never minted.
select
    lineage.cluster_id,
    lineage.candidate_id,
    lineage.lineage,
    candidates.merchant_key,
    candidates.issue_axis,
    candidates.issue_code,
    member_sets.members,
    lineage.parents,
    candidates.first_flagged_on
from lineage
join builds using (build_no)
join candidates using (candidate_id)
join member_sets using (members_hash)
where
    builds.input_fingerprint = $input_fingerprint
    and lineage.cluster_id is not null
order by lineage.candidate_id
