-- Candidates that the ledger names but that bear no first day. severity: error
-- Only a candidate of a build as of an earlier day that was not known then has none.
select
    candidate_id,
    cluster_id
from casework.candidates
where
    (first_flagged_on is null)
    <> starts_with(candidate_id, 'asof-')
