-- The taxonomy and the declarations of sources, as tables. Rewritten by every run.
create schema if not exists codes;

create table if not exists codes.entries (
    axis varchar not null,
    code varchar not null,
    label_zh varchar not null,
    label_en varchar not null,
    definition_zh varchar not null,
    definition_en varchar not null,
    is_retired boolean not null
);
comment on table codes.entries is 'Every code with its labels; one row per axis and code [sensitivity: public]';

create table if not exists codes.sources (
    source varchar not null,
    label_zh varchar not null,
    label_en varchar not null,
    is_public boolean not null,
    terms varchar not null,
    settles_after_days integer not null
);
create table if not exists codes.law_texts (
    code varchar not null,
    label_zh varchar not null,
    label_en varchar not null,
    jurisdiction varchar not null,
    first_day date,
    last_day date,
    standing varchar not null,
    is_date_read boolean not null,
    source varchar not null,
    caveat_zh varchar,
    caveat_en varchar
);
comment on table codes.law_texts is 'The texts that tiers and deadlines rest on; one row per version of a text [sensitivity: public]';
comment on column codes.law_texts.jurisdiction is 'CN, US, UK or EU';
comment on column codes.law_texts.first_day is 'First day in force; null: older than any complaint here';
comment on column codes.law_texts.last_day is 'Last day in force; null: no end is known';
comment on column codes.law_texts.standing is 'How the text is known: read, from_memory or not_seen';
comment on column codes.law_texts.is_date_read is 'The days in force were read, not remembered';
comment on column codes.law_texts.source is 'Where it was read';
comment on column codes.law_texts.caveat_zh is 'Shown beside all that it decides, in Chinese';
comment on column codes.law_texts.caveat_en is 'Shown beside all that it decides, in English';

create table if not exists codes.law_tiers (
    place integer not null,
    code varchar not null,
    role varchar not null,
    scope varchar not null,
    label_zh varchar not null,
    label_en varchar not null,
    definition_zh varchar not null,
    definition_en varchar not null
);
comment on table codes.law_tiers is 'Legal thresholds of what is collective; one row per tier, flag or analogue [sensitivity: public]';
comment on column codes.law_tiers.place is 'Order on a page, from 1';
comment on column codes.law_tiers.role is 'tier (decides here), flag (a mark beside the tiers) or analogue (a foreign rule or one of another field)';
comment on column codes.law_tiers.scope is 'What it is about: group (the complaints of a candidate), sector, or filer (who uses it)';

create table if not exists codes.law_deadlines (
    place integer not null,
    code varchar not null,
    kind varchar not null,
    label_zh varchar not null,
    label_en varchar not null,
    owed_by_zh varchar,
    owed_by_en varchar,
    starts_zh varchar not null,
    starts_en varchar not null,
    jurisdiction varchar,
    regions varchar[] not null
);
comment on table codes.law_deadlines is 'Deadlines of statute and of promise; one row per deadline [sensitivity: public]';
comment on column codes.law_deadlines.kind is 'act_by, keep_until, allowed_until, ahead (so long before an event), yearly or promise';
comment on column codes.law_deadlines.owed_by_zh is 'Who has to act, in Chinese; null for a promise, which says it itself';
comment on column codes.law_deadlines.owed_by_en is 'Who has to act, in English; null for a promise';
comment on column codes.law_deadlines.starts_zh is 'The event that starts it, in Chinese: where its day is not stored, the deadline is unknown';
comment on column codes.law_deadlines.starts_en is 'The event that starts it, in English';
comment on column codes.law_deadlines.jurisdiction is 'Of the text that sets it; null for a promise';
comment on column codes.law_deadlines.regions is 'It runs for members of these regions only; empty: everywhere';

comment on table codes.sources is 'The sources that can be loaded; one row per source [sensitivity: public]';
comment on column codes.sources.is_public is 'Its records are published where they come from, and its terms let them be passed on';
comment on column codes.entries.axis is 'pattern, wallet, nature, evidence, demand, channel or personal_data';
comment on column codes.entries.code is 'Stable code; never reused, only retired';
comment on column codes.entries.label_zh is 'Label in Chinese';
comment on column codes.entries.label_en is 'Label in English';
comment on column codes.entries.definition_zh is 'What the code means, in Chinese';
comment on column codes.entries.definition_en is 'What the code means, in English';
comment on column codes.entries.is_retired is 'Kept for old records only';
comment on column codes.sources.terms is 'Under which terms its records are used';
comment on column codes.sources.settles_after_days is 'Days after which no more records of a day are published; before, its count tells nothing yet';

create table if not exists codes.merchants (
    merchant_key varchar not null,
    merchant_name varchar not null,
    sector varchar,
    parent_key varchar
);
comment on table codes.merchants is 'Merchants that the taxonomy knows; one row per merchant [sensitivity: public]';
comment on column codes.merchants.parent_key is 'The merchant that owns it; null for none';
