-- The ledger: minted candidates, their lineage by build, and events. Rows are only ever added.
create table if not exists builds (
    build_no integer primary key,
    input_fingerprint text not null unique,
    minted_at text not null
);

create table if not exists candidates (
    candidate_id text primary key,
    merchant_key text,
    issue_axis text not null,
    issue_code text not null,
    first_flagged_on text not null,
    born_in integer not null references builds (build_no)
);

-- Members by their hash, so that a candidate that did not change is stored once.
create table if not exists member_sets (
    members_hash text primary key,
    members text not null
);

-- What each build made of each candidate; a retired one has no cluster.
create table if not exists lineage (
    build_no integer not null references builds (build_no),
    candidate_id text not null references candidates (candidate_id),
    lineage text not null check (lineage in ('born', 'continued', 'merged', 'split', 'retired')),
    cluster_id text,
    parents text not null,
    members_hash text not null references member_sets (members_hash),
    primary key (build_no, candidate_id)
);

-- What people decided. Status is a fold over events; undoing is a new event.
create table if not exists events (
    event_no integer primary key,
    event_id text not null unique,
    at text not null,
    actor text not null,
    subject_kind text not null,
    subject_id text not null,
    action text not null,
    reason text not null,
    payload text not null,
    seen_build_id text
);
