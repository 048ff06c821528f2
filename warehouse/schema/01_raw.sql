-- What was landed, item by item, verbatim. Private: never leaves work.duckdb.
create schema if not exists raw;

-- A value with runs of white space (wide ones too) as one blank; empty is null.
create or replace macro raw.clean(value) as
    nullif(trim(regexp_replace(value, '[\s\p{Z}]+', ' ', 'g')), '');

-- A source's own id without blanks at its ends; what stands between them tells ids apart.
create or replace macro raw.own_id(value) as
    nullif(regexp_replace(value, '^[\s\p{Z}]+|[\s\p{Z}]+$', '', 'g'), '');

-- One row per landed item: what became of it. read = kept + duplicate + rejected.
create table if not exists raw.items (
    load_id varchar not null,
    item_no bigint not null,
    file_no integer not null,
    source varchar not null,
    record_id varchar,
    content_hash varchar,
    disposition varchar not null check (disposition in ('kept', 'duplicate', 'rejected')),
    reason varchar,
    is_repaired boolean not null,
    rejected_payload varchar
);
comment on table raw.items is 'What became of every landed item; one row per item of a load [sensitivity: private]';
comment on column raw.items.content_hash is 'As in raw.records; null when rejected';
comment on column raw.items.disposition is 'kept, duplicate or rejected';
comment on column raw.items.item_no is 'Position among the items of the load, from 1';
comment on column raw.items.file_no is 'Which file of the load, from 1';
comment on column raw.items.record_id is 'The source''s own id, or h- and a hash of the content where it gives none; null when rejected';
comment on column raw.items.reason is 'kept: new or changed; duplicate: same_content; rejected: why';
comment on column raw.items.is_repaired is 'The text had been decoded wrongly on the way here and was put right';
comment on column raw.items.rejected_payload is 'The cells of the rejected row, author and contacts as [private]; of what is no row only its place and length [sensitivity: private]';

-- One row per kept version of a record; strings as the source wrote them.
create table if not exists raw.records (
    source varchar not null,
    record_id varchar not null,
    version_no integer not null,
    content_hash varchar not null,
    load_id varchar not null,
    item_no bigint not null,
    fetched_at timestamptz not null,
    title varchar,
    text varchar,
    author_key varchar,
    respondent varchar,
    platform varchar,
    region varchar,
    url varchar,
    amount_value varchar,
    amount_currency varchar,
    status varchar,
    kind varchar,
    published_at varchar,
    received_at varchar,
    problem varchar,
    demand varchar,
    product varchar,
    sub_product varchar,
    issue varchar,
    sub_issue varchar,
    replies varchar,
    extra varchar
);
comment on table raw.records is 'Kept versions of records, in the source''s words; one row per source, record and version [sensitivity: private]';
comment on column raw.records.version_no is '1 for the first content seen under this id, then counted up as it changes';
comment on column raw.records.author_key is 'HMAC of the author under the installation''s key; null where the source names none';
comment on column raw.records.replies is 'JSON list of {by, at, text}, or whatever else the source wrote there';
comment on column raw.records.extra is 'JSON object of the source''s other columns, contacts replaced by HMACs';
comment on column raw.records.record_id is 'The source''s own id, or h- and a hash of the identifying columns where it gives none';
comment on column raw.records.content_hash is 'Hash of all columns, white space evened out: equal means nothing changed';
comment on column raw.records.fetched_at is 'When the load fetched or imported it, UTC';
comment on column raw.records.text is 'The narrative, verbatim; may hold names, numbers and addresses';
comment on column raw.items.load_id is 'The load; names its folder under landing';
comment on column raw.items.source is 'Name of the source, as in spiders/sources';
comment on column raw.records.title is 'Heading, as the source gives it';
comment on column raw.records.respondent is 'Whom the complaint is against, as the source gives it';
comment on column raw.records.platform is 'Where the trade took place, as the source gives it';
comment on column raw.records.region is 'Where, as the source gives it';
comment on column raw.records.url is 'Address of the record at the source; may hold personal data';
comment on column raw.records.amount_value is 'Sum at stake, as the source gives it';
comment on column raw.records.amount_currency is 'Currency of that sum, as the source gives it';
comment on column raw.records.status is 'State of handling, in the source''s words';
comment on column raw.records.kind is 'post or report where the source says so';
comment on column raw.records.published_at is 'When it was published, as written';
comment on column raw.records.received_at is 'When the office or platform received it, as written';
comment on column raw.records.problem is 'The source''s own words for the kind of problem';
comment on column raw.records.demand is 'What the complainant asks for, as the source gives it';
comment on column raw.records.product is 'The source''s own classification: product';
comment on column raw.records.sub_product is 'The source''s own classification: sub-product';
comment on column raw.records.issue is 'The source''s own classification: issue';
comment on column raw.records.sub_issue is 'The source''s own classification: sub-issue';
