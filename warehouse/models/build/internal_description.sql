-- Which build the internal file is, and what it holds.
-- One row.
select
    $build_id as build_id,
    'internal' as role,
    $built_at as built_at,
    $input_fingerprint as input_fingerprint,
    (select count(*) from marts.complaints) as complaint_count,
    (select count(*) from marts.candidates) as candidate_count,
    (select min(event_date) from marts.complaints) as first_date,
    (select max(event_date) from marts.complaints) as last_date,
    $as_of_date::date as as_of_date
