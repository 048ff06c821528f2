-- Complaints cast and renamed, without judgement. Filled by models/staged/*.sql.
create schema if not exists staged;

-- A date as a source wrote it, in its own clock; null when it does not parse.
-- Known: ISO 8601 with or without zone, Y-M-D, Y/M/D with or without a time,
-- M/D/Y with two or four digits of year (cfpb), and 2020年10月17日 with or without a time.
create or replace macro staged.written_at(value) as (
    case
        when value is null then null
        when regexp_matches(value, '^\d{4}[-/]') then try_cast(value as timestamp)
        when regexp_matches(value, '^\d{4}年') then try_strptime(
            replace(value, ' ', ''),
            ['%Y年%m月%d日', '%Y年%m月%d日%H:%M', '%Y年%m月%d日%H:%M:%S', '%Y年%m月%d日%H时%M分']
        )
        when regexp_matches(value, '^\d{1,2}/\d{1,2}/\d{4}')
            then try_strptime(value, ['%m/%d/%Y', '%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S'])
        when regexp_matches(value, '^\d{1,2}/\d{1,2}/\d{2}$') then try_strptime(value, '%m/%d/%y')
    end
);

-- The same moment in UTC. A time without a zone is taken as UTC: sources rarely say theirs.
create or replace macro staged.moment_at(value) as (
    case
        when regexp_matches(value, '^\d{4}[-/]') then try_cast(value as timestamptz)
        else staged.written_at(value)::timestamptz
    end
);

-- Whether a value is a JSON list of objects, as replies must be; an empty list is one. Never null.
create or replace macro staged.is_reply_list(value) as coalesce(
    json_type(try_cast(value as json)) = 'ARRAY'
    and len(list_filter(json_type(try_cast(value as json), '$[*]'), kind -> kind <> 'OBJECT')) = 0,
    false
);

-- The calendar date of a reply as written; null when it bears none.
create or replace macro staged.replied_on(reply) as
    staged.written_at(raw.clean(json_extract_string(reply, '$.at')))::date;

-- Null where somebody wrote whom the contract does not name: it may be either side.
create or replace macro staged.is_answered(writers) as case
    when list_has_any(writers, ['merchant', 'platform', 'regulator']) then true
    when len(list_filter(writers, writer -> writer is distinct from 'complainant')) = 0 then false
end;

-- A sum as a source wrote it: digits, thousands separators, a currency sign or unit around them.
create or replace macro staged.amount(value) as (
    try_cast(
        replace(
            regexp_extract(
                replace(value, '，', ','),
                '^\s*(?:[¥￥$€£]|RMB|CNY|USD)?\s*(-?[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?:元|人民币|RMB|CNY|USD|dollars)?\s*$',
                1
            ),
            ',',
            ''
        ) as decimal(18, 2)
    )
);

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
comment on column staged.complaint_versions.complaint_id is 'source:record_id';
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
    has_replies boolean,
    content_hash varchar not null,
    input_hash varchar not null
);
comment on table staged.complaints is 'The latest version of every complaint; one row per complaint [sensitivity: private]';
comment on column staged.complaints.complaint_id is 'source:record_id';
comment on column staged.complaints.text is 'The narrative; empty where the source gives none (a label-only row)';
comment on column staged.complaints.known_at is 'When the latest version was known here';
comment on column staged.complaints.author_key is 'HMAC of the author under the installation''s key [sensitivity: private]';
comment on column staged.complaints.published_at is 'UTC; a time written without a zone is taken as UTC';
comment on column staged.complaints.received_at is 'UTC; when the office or platform received it';
comment on column staged.complaints.event_date is 'The calendar date as written, used for counting: published, else received; null when neither parses';
comment on column staged.complaints.has_replies is 'Somebody other than the complainant answered; null when the source records no replies at all';
comment on column staged.complaints.input_hash is 'Hash of every column that reading uses: an unchanged hash is not read again';

-- What reading needs of every complaint, in the order of its columns: no other place lists them.
-- One row per complaint.
create or replace macro staged.reading_inputs() as table
select
    complaints.complaint_id,
    complaints.source,
    complaints.title,
    complaints.text,
    complaints.respondent_name,
    complaints.platform_name,
    complaints.region_name,
    complaints.amount_value,
    complaints.amount_currency,
    complaints.status,
    complaints.kind,
    complaints.published_at,
    complaints.event_date,
    complaints.problem,
    complaints.demand,
    complaints.product,
    complaints.sub_product,
    complaints.issue,
    complaints.sub_issue,
    complaints.input_hash
from staged.complaints;

-- One row per contact that a source gives in a column of its own.
create table if not exists staged.contacts (
    complaint_id varchar not null,
    kind varchar not null,
    link_key varchar not null
);
comment on table staged.contacts is 'Contacts from a source''s own columns as keyed hashes; one row per complaint and contact [sensitivity: private]';
comment on column staged.contacts.kind is 'What was given: mobile, email, ...';
comment on column staged.contacts.link_key is 'HMAC of the contact under the installation''s key';
comment on column staged.complaint_versions.version_no is '1 for the first content seen under this id, then counted up as it changes';
comment on column staged.complaints.respondent_name is 'Whom the complaint is against, as the source gives it';
comment on column staged.complaints.platform_name is 'Where the trade took place, as the source gives it';
comment on column staged.complaints.region_name is 'Where, as the source gives it';
comment on column staged.complaints.amount_value is 'Sum at stake, cast; null when absent or unreadable';
comment on column staged.complaints.content_hash is 'Hash of all columns, white space evened out';
