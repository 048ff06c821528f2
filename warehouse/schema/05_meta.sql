-- Loads, runs, audits: how the data came to be. Shown as receipts and data health.
create schema if not exists meta;

create table if not exists meta.loads (
    load_id varchar not null,
    source varchar not null,
    loaded_at timestamptz not null,
    is_backfill boolean not null,
    read_count bigint not null,
    kept_count bigint not null,
    changed_count bigint not null,
    duplicate_count bigint not null,
    rejected_count bigint not null,
    repaired_count bigint not null
);
comment on table meta.loads is 'Receipts: one row per load [sensitivity: internal]';
comment on column meta.loads.changed_count is 'Of the kept, those that changed a record already known';

create table if not exists meta.load_files (
    load_id varchar not null,
    file_no integer not null,
    file_name varchar not null,
    byte_count bigint not null,
    sha256 varchar not null,
    encoding varchar not null,
    format varchar not null
);
comment on table meta.load_files is 'The landed files; one row per load and file [sensitivity: internal]';

create table if not exists meta.coverage (
    load_id varchar not null,
    source varchar not null,
    respondent varchar,
    covered_from date not null,
    covered_to date not null
);
comment on table meta.coverage is 'Periods that a load covers completely; one row per declaration [sensitivity: internal]';
comment on column meta.coverage.respondent is 'Null: the whole source; else only this respondent, as written in the declaration';
comment on column meta.coverage.covered_to is 'Last covered day, inclusive';

create table if not exists meta.runs (
    run_id varchar not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    input_fingerprint varchar not null,
    complaint_count bigint not null,
    reread_count bigint not null,
    build_id varchar,
    stages varchar not null
);
comment on table meta.runs is 'One row per run [sensitivity: internal]';
comment on column meta.runs.reread_count is 'Complaints that were new or changed and so were read';
comment on column meta.runs.stages is 'JSON list of {stage, seconds, rows}';

create table if not exists meta.issues (
    run_id varchar not null,
    complaint_id varchar not null,
    step varchar not null,
    reason varchar not null
);
comment on table meta.issues is 'Trouble with single records; one row per record and trouble [sensitivity: internal]';

create table if not exists meta.audits (
    run_id varchar not null,
    audit varchar not null,
    severity varchar not null,
    meaning varchar not null,
    bad_rows bigint not null
);
comment on table meta.audits is 'What the audits found; one row per run and audit [sensitivity: internal]';
