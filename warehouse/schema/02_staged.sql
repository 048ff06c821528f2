-- Complaints cast and renamed, without judgement. Filled by models/staged/*.sql.
create schema if not exists staged;

-- One row per complaint and version: the history of what a source said.
create table if not exists staged.complaint_versions (
    complaint_id varchar not null,
    version_no integer not null,
    known_at timestamptz not null,
    status varchar,
    content_hash varchar not null,
    load_id varchar not null
);
comment on table staged.complaint_versions is 'Every state of every complaint; one row per complaint and version [sensitivity: private]';
comment on column staged.complaint_versions.known_at is 'When this state was known here: fetched, or for a backfill received or published';

-- One row per complaint: the latest version.
create table if not exists staged.complaints (
    complaint_id varchar not null,
    source varchar not null,
    record_id varchar not null,
    version_no integer not null,
    known_at timestamptz not null,
    title varchar,
    text varchar not null,
    author_key varchar,
    respondent_name varchar,
    platform_name varchar,
    region_name varchar,
    url varchar,
    amount_value decimal(18, 2),
    amount_currency varchar,
    status varchar,
    kind varchar,
    published_at timestamptz,
    received_at timestamptz,
    event_date date,
    problem varchar,
    demand varchar,
    product varchar,
    sub_product varchar,
    issue varchar,
    sub_issue varchar,
    replies varchar,
    input_hash varchar not null
);
comment on table staged.complaints is 'The latest version of every complaint; one row per complaint [sensitivity: private]';
comment on column staged.complaints.complaint_id is 'source:record_id';
comment on column staged.complaints.text is 'The narrative; empty where the source gives none (a label-only row)';
comment on column staged.complaints.event_date is 'The date used for counting: published, else received; null when the source gives neither';
comment on column staged.complaints.input_hash is 'Hash of every column that reading uses: an unchanged hash is not read again';
