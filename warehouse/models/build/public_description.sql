-- Which build the public file is, and what it holds.
-- One row.
select
    $build_id as build_id,
    'public' as role,
    $built_at as built_at,
    $input_fingerprint as input_fingerprint,
    (select count(*) from build.open.complaints) as complaint_count,
    (select count(*) from build.open.candidates) as candidate_count,
    (select min(event_date) from build.open.complaints) as first_date,
    (select max(event_date) from build.open.complaints) as last_date,
    $as_of_date::date as as_of_date
