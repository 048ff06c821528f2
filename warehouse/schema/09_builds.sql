-- Which build a published file is. Only in published files.
create schema if not exists meta;

create table if not exists meta.builds (
    build_id varchar not null,
    role varchar not null,
    built_at timestamptz not null,
    input_fingerprint varchar not null,
    complaint_count bigint not null,
    candidate_count bigint not null,
    first_date date,
    last_date date,
    as_of_date date
);
comment on table meta.builds is 'Which build a file is; one row in every published file [sensitivity: public]';
comment on column meta.builds.role is 'internal or public: whose file it is';
comment on column meta.builds.input_fingerprint is 'Hash of the staged complaints, the versions of the steps and the ledger position';
comment on column meta.builds.first_date is 'First event date in the file; null when nothing is dated';
comment on column meta.builds.last_date is 'Last event date in the file; null when nothing is dated';
comment on column meta.builds.as_of_date is 'The day as of which it was made, of what was known then, and kept aside; null for a published build';
comment on column meta.builds.build_id is 'When it was made, and a hash of what of';
comment on column meta.builds.built_at is 'UTC';
comment on column meta.builds.candidate_count is 'Candidates in the file';
comment on column meta.builds.complaint_count is 'Complaints in the file';
