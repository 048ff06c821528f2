-- Note what a build made of a candidate.
insert into lineage (build_no, candidate_id, lineage, cluster_id, parents, members_hash)
values ($build_no, $candidate_id, $lineage, $cluster_id, $parents, $members_hash)
