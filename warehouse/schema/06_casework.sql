-- A copy of what the ledger says about candidates, for the marts. Rewritten by every run.
create schema if not exists casework;

create table if not exists casework.candidates (
    cluster_id varchar not null,
    candidate_id varchar not null,
    lineage varchar not null check (lineage in ('born', 'continued', 'merged', 'split')),
    parents varchar[] not null,
    first_flagged_on date not null
);
comment on table casework.candidates is 'The candidate that each cluster is; one row per cluster [sensitivity: internal]';
comment on column casework.candidates.candidate_id is 'Minted once in the ledger, stable over builds';
comment on column casework.candidates.lineage is 'How it came from the build before: born, continued, merged or split';
comment on column casework.candidates.parents is 'Candidates of earlier builds that it came from, beside itself';
comment on column casework.candidates.first_flagged_on is 'Date of the first build in which it was a candidate';
comment on column casework.candidates.cluster_id is 'The cluster of this run';
