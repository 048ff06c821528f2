-- Candidates that came, went or have other members in one build than in another.
-- One row per candidate that differs: new, changed or gone. :then and :now are the first twelve
-- characters of the builds' input fingerprints, which build ids end with.
with lives as (
    select
        substr(builds.input_fingerprint, 1, 12) as build,
        lineage.candidate_id,
        lineage.members_hash
    from lineage
    join builds using (build_no)
    where lineage.lineage <> 'retired'
        and substr(builds.input_fingerprint, 1, 12) in (:then, :now)
),

compared as (
    select
        candidate_id,
        max(case when build = :then then members_hash end) as members_then,
        max(case when build = :now then members_hash end) as members_now
    from lives
    group by candidate_id
)

select
    candidate_id,
    case
        when members_then is null then 'new'
        when members_now is null then 'gone'
        else 'changed'
    end as difference
from compared
where members_then is not members_now
order by candidate_id
