-- Candidates that lived in the build before this one.
-- One row per candidate, with the members it had.
select
    candidate_id,
    members_hash
from lineage
where
    lineage <> 'retired'
    and build_no = (select max(build_no) from builds where build_no < $build_no)
order by candidate_id
