-- Candidates all of whose members are public rows.
-- One row per candidate.
select
    candidates.candidate_id,
    candidates.merchant_key,
    candidates.merchant_name,
    candidates.issue_axis,
    candidates.issue_code,
    candidates.label_zh,
    candidates.label_en,
    candidates.window_start,
    candidates.window_end,
    candidates.complaints,
    candidates.complainants_certain,
    candidates.complainants_possible,
    candidates.expected,
    candidates.first_flagged_on,
    candidates.reason_zh,
    candidates.reason_en
from marts.candidates
where candidates.is_public
order by candidates.rank
