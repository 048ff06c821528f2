-- Mint a candidate; one that exists is left as it is.
insert or ignore into candidates (
    candidate_id, merchant_key, issue_axis, issue_code, first_flagged_on, born_in
)
values (
    $candidate_id, $merchant_key, $issue_axis, $issue_code, $first_flagged_on, $build_no
)
