-- How complete the evidence of candidates is, as far as their members tell.
-- One row per candidate.
select
    candidates.candidate_id,
    completeness.members,
    completeness.parts,
    completeness.links,
    completeness.whole,
    completeness.share,
    completeness.helpful_kind,
    completeness.helpful_link,
    completeness.helpful_lacking
from enriched.cluster_completeness as completeness
join casework.candidates using (cluster_id)
order by candidates.candidate_id
