-- What was read in each complaint, and what belongs together. Written from pipelines, through flows.
create schema if not exists enriched;

-- One row per complaint that was read.
create table if not exists enriched.readings (
    complaint_id varchar not null,
    input_hash varchar not null,
    step_version varchar not null,
    taxonomy_version varchar not null,
    kind varchar not null,
    language varchar not null,
    redacted_text varchar not null,
    title_length integer not null,
    outcome varchar not null,
    region varchar,
    is_minor boolean,
    loss_value decimal(18, 2),
    loss_currency varchar,
    tokens varchar not null,
    text_hash varchar not null,
    signature blob
);
comment on table enriched.readings is 'What a complaint says as a whole; one row per complaint [sensitivity: internal]';
comment on column enriched.readings.redacted_text is 'Title and narrative with placeholders for personal data; all spans index into it';
comment on column enriched.readings.title_length is 'Length of the redacted title at the head of redacted_text; 0 without one';
comment on column enriched.readings.region is 'Province or state named by the source or the text';
comment on column enriched.readings.loss_value is 'Stated money at stake that was not returned; null when unknown, never zero';
comment on column enriched.readings.tokens is 'Content words in order, joined by single spaces';
comment on column enriched.readings.text_hash is 'Hash of the normalised text without placeholders: equal means the same wording';
comment on column enriched.readings.signature is 'MinHash signature, little-endian uint32; null for texts too short to compare';

-- One row per complaint, axis and code found; is_alleged is false for what is only spoken of.
create table if not exists enriched.findings (
    complaint_id varchar not null,
    axis varchar not null,
    code varchar not null,
    score double not null,
    origin varchar not null,
    is_alleged boolean not null,
    spans integer[2][] not null
);
comment on table enriched.findings is 'Codes found in a complaint; one row per complaint, axis, code and is_alleged [sensitivity: internal]';
comment on column enriched.findings.axis is 'pattern, wallet, nature, evidence or demand';
comment on column enriched.findings.origin is 'rule: a passage of the text says so; label: the source''s own classification';

-- One row per sum of money written in a complaint.
create table if not exists enriched.amounts (
    complaint_id varchar not null,
    value decimal(18, 2) not null,
    currency varchar not null,
    role varchar not null,
    span integer[2] not null
);
comment on table enriched.amounts is 'Sums of money as written; one row per mention [sensitivity: internal]';

-- One row per date written in a complaint.
create table if not exists enriched.dates (
    complaint_id varchar not null,
    value varchar,
    precision varchar not null,
    span integer[2] not null
);
comment on table enriched.dates is 'Dates as written; one row per mention [sensitivity: internal]';

-- One row per contact or reference written in a complaint, as a keyed hash.
create table if not exists enriched.links (
    complaint_id varchar not null,
    kind varchar not null,
    link_key varchar not null
);
comment on table enriched.links is 'Contacts and references as keyed hashes, for linking; one row per mention [sensitivity: private]';

-- One row per merchant, platform, company or place that a complaint names.
create table if not exists enriched.parties (
    complaint_id varchar not null,
    role varchar not null,
    raw varchar not null,
    identity varchar not null,
    how varchar not null,
    span integer[2]
);
comment on table enriched.parties is 'Names met in a complaint before resolution; one row per mention [sensitivity: internal]';

-- One row per distinct name and the merchant it was resolved to.
create table if not exists enriched.merchant_names (
    raw varchar not null,
    merchant_key varchar,
    merchant_name varchar not null,
    sector varchar,
    score double not null,
    why varchar not null
);
comment on table enriched.merchant_names is 'Distinct names and their merchants; one row per name [sensitivity: internal]';
comment on column enriched.merchant_names.merchant_key is 'Null where the name names nobody in particular';

-- One row per complaint: whose act it is about.
create table if not exists enriched.respondents (
    complaint_id varchar not null,
    raw varchar,
    merchant_key varchar,
    merchant_name varchar,
    sector varchar,
    identity varchar not null,
    score double not null,
    why varchar not null
);
comment on table enriched.respondents is 'The resolved respondent; one row per complaint; merchant_key null while unnamed [sensitivity: internal]';

-- One row per complaint that copies another's wording.
create table if not exists enriched.copies (
    complaint_id varchar not null,
    copy_group_id varchar not null,
    similarity double not null
);
comment on table enriched.copies is 'Exact and near copies; one row per complaint in a group of two or more [sensitivity: internal]';
comment on column enriched.copies.copy_group_id is 'The smallest complaint_id of the group';

-- One row per group of complaints proposed as one matter, before ids are minted.
create table if not exists enriched.clusters (
    cluster_id varchar not null,
    merchant_key varchar,
    merchant_name varchar,
    issue_axis varchar not null,
    issue_code varchar not null,
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
    cohesion double not null,
    reply_share double,
    discount_reason varchar,
    discount_share double,
    score double not null,
    reason_zh varchar not null,
    reason_en varchar not null
);
comment on table enriched.clusters is 'Groups of complaints proposed as one matter; one row per cluster [sensitivity: internal]';
comment on column enriched.clusters.cluster_id is 'Hash of the sorted member ids, axis, code and merchant: the same group has the same id';
comment on column enriched.clusters.topic_terms is 'The words that set this group apart, joined by single spaces';
comment on column enriched.clusters.expected is 'Complaints expected in the window without an event; null where dates or coverage do not allow it';

-- One row per cluster and complaint.
create table if not exists enriched.cluster_members (
    cluster_id varchar not null,
    complaint_id varchar not null,
    is_member boolean not null,
    person_no integer,
    typicality double not null,
    why varchar not null
);
comment on table enriched.cluster_members is 'Members, and near misses that were left out; one row per cluster and complaint [sensitivity: internal]';
comment on column enriched.cluster_members.is_member is 'False for a near miss; why says what kept it out';
comment on column enriched.cluster_members.person_no is 'Number of the distinct person inside the cluster, as counted in complainants_possible';
comment on column enriched.cluster_members.typicality is '0 to 1: how much the complaint says what the whole group says';

-- One row per cluster and currency.
create table if not exists enriched.cluster_losses (
    cluster_id varchar not null,
    currency varchar not null,
    known_count integer not null,
    member_count integer not null,
    total decimal(18, 2) not null,
    median decimal(18, 2) not null
);
comment on table enriched.cluster_losses is 'Known losses of a cluster; one row per cluster and currency [sensitivity: internal]';

-- One row per merchant, code and week that was modelled.
create table if not exists enriched.expected_weeks (
    merchant_key varchar not null,
    issue_axis varchar not null,
    issue_code varchar not null,
    week_start date not null,
    observed integer not null,
    expected double,
    upper double
);
comment on table enriched.expected_weeks is 'One-week-ahead expected counts of covered weeks; one row per merchant, code and week [sensitivity: internal]';
