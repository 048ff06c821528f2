-- A copy of what the ledger says about candidates, for the marts. Rewritten by every run.
create schema if not exists casework;

create table if not exists casework.candidates (
    cluster_id varchar not null,
    candidate_id varchar not null,
    lineage varchar not null check (lineage in ('born', 'continued', 'merged', 'split')),
    parents varchar[] not null,
    first_flagged_on date
);
comment on table casework.candidates is 'The candidate that each cluster is; one row per cluster [sensitivity: internal]';
comment on column casework.candidates.candidate_id is 'Minted once in the ledger, stable over builds; asof- and a hash of what it is where no build known by that day had it';
comment on column casework.candidates.lineage is 'How it came from the build before: born, continued, merged or split';
comment on column casework.candidates.parents is 'Candidates of earlier builds that it came from, beside itself';
comment on column casework.candidates.first_flagged_on is 'Date of the first build in which it was a candidate; null for one that only a build as of an earlier day proposes';
comment on column casework.candidates.cluster_id is 'The cluster of this run';

create table if not exists casework.retired_candidates (
    candidate_id varchar not null,
    merchant_key varchar,
    issue_axis varchar not null,
    issue_code varchar not null,
    complaints integer not null,
    first_flagged_on date not null,
    last_flagged_on date not null
);
comment on table casework.retired_candidates is 'Candidates of earlier builds that no cluster continues; one row per candidate [sensitivity: internal]';
comment on column casework.retired_candidates.candidate_id is 'As minted in the ledger';
comment on column casework.retired_candidates.complaints is 'Members in the last build in which it was a candidate';
comment on column casework.retired_candidates.first_flagged_on is 'Date of the first build in which it was a candidate';
comment on column casework.retired_candidates.last_flagged_on is 'Date on which the last such build was made';
