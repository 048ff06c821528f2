-- A candidate of earlier builds that this build does not have.
-- One row, or none where no build had it or this one has it.
select
    candidate_id,
    merchant_name,
    issue_axis,
    label_zh,
    label_en,
    complaints,
    first_flagged_on,
    last_flagged_on,
    went_into
from marts.retired_candidates
where candidate_id = $candidate_id
