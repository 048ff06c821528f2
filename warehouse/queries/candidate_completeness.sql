-- How complete the evidence of one candidate is; helpful_* are null where nothing lacks.
-- One row, or none when the build does not hold the candidate.
select
    completeness.members,
    completeness.parts,
    completeness.links,
    completeness.whole,
    completeness.share,
    completeness.helpful_link,
    completeness.helpful_lacking,
    entries.label_zh as helpful_zh,
    entries.label_en as helpful_en
from marts.candidate_completeness as completeness
left join codes.entries
    on completeness.helpful_kind = entries.code
    and entries.axis = 'evidence'
where completeness.candidate_id = $candidate_id
