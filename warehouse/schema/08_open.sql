-- All that the public file holds beside codes. Filled by models/open/*.sql.
create schema if not exists open;

create table if not exists open.complaints (
    complaint_id varchar not null,
    source varchar not null,
    record_id varchar not null,
    event_date date,
    merchant_key varchar,
    merchant_name varchar,
    sector varchar,
    language varchar not null,
    province varchar,
    outcome varchar not null,
    loss_value decimal(18, 2),
    loss_currency varchar,
    redacted_text varchar not null,
    title_length integer not null
);
comment on table open.complaints is 'Redacted complaints of sources that are already public; one row per complaint [sensitivity: public]';
comment on column open.complaints.record_id is 'The public source''s own id: the source holds the identity';
comment on column open.complaints.province is 'Province or state; nothing finer';
comment on column open.complaints.redacted_text is 'Title and narrative with placeholders for personal data; all spans index into it';
comment on column open.complaints.title_length is 'Length of the title at the head of redacted_text; 0 without one';

create table if not exists open.complaint_codes (
    complaint_id varchar not null,
    axis varchar not null,
    code varchar not null,
    spans integer[2][] not null
);
comment on table open.complaint_codes is 'Alleged codes of the public rows; one row per complaint, axis and code [sensitivity: public]';
comment on column open.complaint_codes.spans is 'The passages that say so, half-open, in redacted_text';

create table if not exists open.candidates (
    candidate_id varchar not null,
    merchant_key varchar,
    merchant_name varchar,
    issue_axis varchar not null,
    issue_code varchar not null,
    label_zh varchar not null,
    label_en varchar not null,
    window_start date,
    window_end date,
    complaints integer not null,
    complainants_certain integer not null,
    complainants_possible integer not null,
    expected double,
    first_flagged_on date not null,
    reason_zh varchar not null,
    reason_en varchar not null
);
comment on table open.candidates is 'Candidates all of whose members are public rows; one row per candidate [sensitivity: public]';

create table if not exists open.code_totals (
    issue_axis varchar not null,
    issue_code varchar not null,
    complaints integer,
    is_suppressed boolean not null
);
comment on table open.code_totals is 'Complaints of non-public sources per code; one row per code; the root of the cube [sensitivity: public]';
comment on column open.code_totals.complaints is 'Null where suppressed; a code that is absent has no complaint';
comment on column open.code_totals.is_suppressed is 'The count is 1 to 4';

create table if not exists open.merchant_codes (
    merchant_key varchar not null,
    merchant_name varchar not null,
    issue_axis varchar not null,
    issue_code varchar not null,
    complaints integer,
    is_suppressed boolean not null
);
comment on table open.merchant_codes is 'Complaints of non-public sources per merchant and code; one row each; sums to open.code_totals [sensitivity: public]';
comment on column open.merchant_codes.merchant_key is 'The resolved respondent, or unnamed';
comment on column open.merchant_codes.complaints is 'Null where suppressed; an absent row is zero, or of a merchant none of whose counts may be shown';
comment on column open.merchant_codes.is_suppressed is 'The count is 1 to 4, or would give such a count away by subtraction';

create table if not exists open.merchant_code_months (
    merchant_key varchar not null,
    issue_axis varchar not null,
    issue_code varchar not null,
    month_start date,
    complaints integer,
    is_suppressed boolean not null
);
comment on table open.merchant_code_months is 'Complaints of non-public sources per merchant, code and month; one row each; sums to open.merchant_codes [sensitivity: public]';
comment on column open.merchant_code_months.month_start is 'First day of the month; null for undated complaints';
comment on column open.merchant_code_months.complaints is 'Null where suppressed; an absent row is zero';
comment on column open.merchant_code_months.is_suppressed is 'The count is 1 to 4, or would give such a count away by subtraction';
comment on column open.complaints.merchant_key is 'The resolved respondent; null while unnamed';
comment on column open.candidates.complaints is 'Number of members';
comment on column open.candidates.merchant_key is 'The resolved respondent; null while unnamed';
