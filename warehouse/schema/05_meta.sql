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
comment on table meta.load_files is 'The landed files; one row per load and file [sensitivity: private]';

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
    input_fingerprint varchar,
    complaint_count bigint not null,
    reread_count bigint not null,
    build_id varchar,
    stages varchar not null
);
comment on table meta.runs is 'One row per run [sensitivity: internal]';
comment on column meta.runs.ended_at is 'Null while it runs, and for ever when it was killed';
comment on column meta.runs.input_fingerprint is 'Hash of the staged complaints, the versions of the steps and the ledger position';
comment on column meta.runs.build_id is 'The build that it published or found unchanged; null when it did not finish';
comment on column meta.runs.reread_count is 'Complaints that were new or changed and so were read';
comment on column meta.runs.stages is 'JSON list of {stage, seconds, rows}';

create table if not exists meta.issues (
    complaint_id varchar not null,
    step varchar not null,
    reason varchar not null
);
comment on table meta.issues is 'Trouble in reading single records, as they were read last; one row per record and trouble [sensitivity: internal]';

create table if not exists meta.audits (
    run_id varchar not null,
    audit varchar not null,
    severity varchar not null,
    meaning varchar not null,
    bad_rows bigint not null
);
comment on column meta.loads.repaired_count is 'Items whose text had been decoded wrongly and was put right';
comment on column meta.loads.is_backfill is 'Records count as known from their received or published date';
comment on table meta.audits is 'What the audits found; one row per run and audit [sensitivity: internal]';

create table if not exists meta.markers (
    name varchar not null,
    value varchar not null
);
comment on table meta.markers is 'What the work database was made of, to know what is stale; one row per marker [sensitivity: private]';
comment on column meta.markers.name is 'schema: the table definitions; staged: the loads and statements behind the staged layer';
comment on column meta.loads.loaded_at is 'When the load was fetched or imported, UTC';
comment on column meta.loads.read_count is 'Items read: kept + duplicate + rejected';
comment on column meta.loads.kept_count is 'Items kept as new or changed records';
comment on column meta.loads.duplicate_count is 'Items whose content was known already';
comment on column meta.loads.rejected_count is 'Items that could not be kept; raw.items says why';
comment on column meta.load_files.file_name is 'Name of the file as given; people put names of people into it';
comment on column meta.load_files.byte_count is 'Size in bytes';
comment on column meta.load_files.sha256 is 'Hash of its bytes';
comment on column meta.load_files.encoding is 'Encoding found';
comment on column meta.load_files.format is 'Format found';
comment on column meta.coverage.covered_from is 'First covered day';
comment on column meta.runs.run_id is 'UTC time at which it began';
comment on column meta.runs.started_at is 'UTC';
comment on column meta.runs.complaint_count is 'Complaints staged';
comment on column meta.issues.step is 'The step that met it';
comment on column meta.issues.reason is 'What was expected and found; never text of the record';
comment on column meta.audits.audit is 'File of warehouse/audits';
comment on column meta.audits.severity is 'error stops a publication; warning does not';
comment on column meta.audits.meaning is 'What a bad row means';
comment on column meta.audits.bad_rows is 'Number of bad rows; 0 is good';
comment on column meta.markers.value is 'A hash';
