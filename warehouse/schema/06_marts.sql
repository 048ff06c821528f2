-- All that dashboards and commands read. Filled by models/marts/*.sql.
create schema if not exists marts;

create table if not exists marts.candidates (
    candidate_id varchar not null,
    rank integer not null,
    merchant_key varchar,
    merchant_name varchar,
    issue_axis varchar not null,
    issue_code varchar not null,
    label_zh varchar not null,
    label_en varchar not null,
    topic_terms varchar not null,
    window_start date,
    window_end date,
    complaints integer not null,
    complainants_certain integer not null,
    complainants_possible integer not null,
    expected double,
    signal_method varchar,
    signal_statistic double,
    signal_lower double,
    loss struct(currency varchar, known integer, "of" integer, sum decimal(18, 2), median decimal(18, 2))[] not null,
    regions struct(region varchar, complaints integer)[] not null,
    reply_share double,
    discount_reason varchar,
    discount_share double,
    first_flagged_on date not null,
    lineage varchar not null,
    score double not null,
    reason_zh varchar not null,
    reason_en varchar not null,
    recent_days struct(day date, complaints integer)[] not null
);
comment on table marts.candidates is 'The worklist; one row per candidate [sensitivity: internal]';
comment on column marts.candidates.rank is 'Place in the worklist, from 1';
comment on column marts.candidates.lineage is 'born, continued, merged, split';
comment on column marts.candidates.recent_days is 'Dated members per bucket over the window, for a sparkline; empty without dates';

create table if not exists marts.candidate_members (
    candidate_id varchar not null,
    complaint_id varchar not null,
    source varchar not null,
    record_id varchar not null,
    is_member boolean not null,
    why varchar not null,
    person_no integer,
    typicality double not null,
    event_date date,
    region varchar,
    loss_value decimal(18, 2),
    loss_currency varchar,
    outcome varchar not null,
    language varchar not null,
    redacted_text varchar not null,
    title_length integer not null,
    spans integer[2][] not null,
    evidence varchar[] not null,
    replies varchar,
    is_copy boolean not null
);
comment on table marts.candidate_members is 'Members and near misses with the text that puts them there; one row per candidate and complaint [sensitivity: internal]';
comment on column marts.candidate_members.spans is 'The passages that allege the candidate''s code, in redacted_text';
comment on column marts.candidate_members.replies is 'JSON list of {by, at, text}, redacted; null where the source records none';

create table if not exists marts.candidate_weeks (
    candidate_id varchar not null,
    week_start date not null,
    complaints integer not null,
    expected double,
    upper double,
    is_covered boolean
);
comment on table marts.candidate_weeks is 'Timeline of a candidate''s merchant and code; one row per candidate and week [sensitivity: internal]';
comment on column marts.candidate_weeks.is_covered is 'False: no load covers the week, so its count is a lower bound; null: coverage unknown';

create table if not exists marts.merchant_codes (
    merchant_key varchar not null,
    merchant_name varchar not null,
    issue_axis varchar not null,
    issue_code varchar not null,
    complaints integer not null,
    first_date date,
    last_date date
);
comment on table marts.merchant_codes is 'Complaints per merchant and code, for the heat map; one row per merchant, axis and code [sensitivity: internal]';

create table if not exists marts.code_weeks (
    issue_axis varchar not null,
    issue_code varchar not null,
    week_start date not null,
    source varchar not null,
    complaints integer not null
);
comment on table marts.code_weeks is 'Complaints per code, source and week; one row each; an absent week is zero only where a load covers it [sensitivity: internal]';

create table if not exists marts.source_health (
    source varchar not null,
    complaints bigint not null,
    first_date date,
    last_date date,
    undated_count bigint not null,
    unnamed_count bigint not null,
    uncoded_count bigint not null,
    last_loaded_at timestamptz
);
comment on table marts.source_health is 'What each source holds; one row per source [sensitivity: internal]';

create table if not exists marts.reject_reasons (
    load_id varchar not null,
    source varchar not null,
    reason varchar not null,
    items bigint not null
);
comment on table marts.reject_reasons is 'Why items were rejected; one row per load and reason [sensitivity: internal]';
