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
    terms varchar not null
);
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
