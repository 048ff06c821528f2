-- All that dashboards and commands read. Filled by models/marts/*.sql.
create schema if not exists marts;

create table if not exists marts.complaints (
    complaint_id varchar not null,
    source varchar not null,
    record_id varchar not null,
    event_date date,
    merchant_key varchar,
    merchant_name varchar,
    sector varchar,
    identity varchar not null,
    kind varchar not null,
    language varchar not null,
    region varchar,
    outcome varchar not null,
    loss_value decimal(18, 2),
    loss_currency varchar,
    redacted_text varchar not null,
    title_length integer not null,
    evidence varchar[] not null,
    has_replies boolean,
    is_copy boolean not null,
    version_count integer not null
);
comment on table marts.complaints is 'Every complaint that was read, redacted; one row per complaint [sensitivity: internal]';
comment on column marts.complaints.merchant_key is 'The resolved respondent; null while unnamed';
comment on column marts.complaints.identity is 'How the respondent is known: licensed, named, handle (an account, or the pseudonym of a private person) or unnamed';
comment on column marts.complaints.region is 'Province or state';
comment on column marts.complaints.loss_value is 'Stated money at stake that was not returned; null when unknown';
comment on column marts.complaints.redacted_text is 'Title and narrative with placeholders for personal data; all spans index into it';
comment on column marts.complaints.title_length is 'Length of the title at the head of redacted_text; 0 without one';
comment on column marts.complaints.evidence is 'Codes of the evidence that the text mentions';
comment on column marts.complaints.has_replies is 'Somebody other than the complainant answered; null when the source records no replies';
comment on column marts.complaints.is_copy is 'Its wording is that of another complaint, or nearly';
comment on column marts.complaints.version_count is 'How many states of it were seen';

create table if not exists marts.complaint_codes (
    complaint_id varchar not null,
    axis varchar not null,
    code varchar not null,
    is_alleged boolean not null,
    origin varchar not null,
    score double not null,
    spans integer[2][] not null
);
comment on table marts.complaint_codes is 'Codes of every complaint; one row per complaint, axis, code and is_alleged [sensitivity: internal]';
comment on column marts.complaint_codes.is_alleged is 'False for what the text only speaks of';
comment on column marts.complaint_codes.origin is 'rule: a passage of the text says so; model: the learned second reader says so; label: the source''s own classification; person: somebody corrected the machine';
comment on column marts.complaint_codes.spans is 'The passages that say so, half-open, in redacted_text; empty for a label';

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
    typical_title varchar,
    window_start date,
    window_end date,
    complaints integer not null,
    complainants_certain integer not null,
    complainants_possible integer not null,
    expected double,
    signal_method varchar,
    signal_statistic double,
    signal_lower double,
    signal_observed integer,
    signal_windows double,
    signal_searched double,
    signal_p_adj double,
    signal_false_alarm_rate double,
    unusual_mix struct(method varchar, ratio double, lower double, upper double, is_signal boolean, share double, background_share double, background integer, expected double, ic double, ic_lower double, ic_upper double),
    unusual_mix_missing varchar,
    loss struct(currency varchar, known integer, "of" integer, sum decimal(38, 2), median decimal(18, 2))[] not null,
    regions struct(region varchar, complaints integer)[] not null,
    reply_share double,
    discount_reason varchar,
    discount_share double,
    first_flagged_on date,
    lineage varchar not null,
    parents varchar[] not null,
    cohesion double not null,
    score double not null,
    reason_zh varchar not null,
    reason_en varchar not null,
    tiers struct(code varchar, label_zh varchar, label_en varchar, state varchar)[] not null,
    deadline_next struct(code varchar, label_zh varchar, label_en varchar, owed_by_zh varchar, owed_by_en varchar, state varchar, amount integer, unit varchar, calendar varchar, start_date date, due_date date, due_not_before_date date, days_left integer, rule struct(code varchar, name_zh varchar, name_en varchar, article varchar, jurisdiction varchar, first_day date, last_day date, standing varchar), older_rule struct(code varchar, name_zh varchar, name_en varchar, article varchar, jurisdiction varchar, first_day date, last_day date, standing varchar), notes_zh varchar[], notes_en varchar[], complaint_id varchar, as_of_date date),
    is_public boolean not null,
    recent_days struct(day date, complaints integer)[] not null
);
comment on table marts.candidates is 'The worklist; one row per candidate [sensitivity: internal]';
comment on column marts.candidates.rank is 'Place in the worklist, from 1';
comment on column marts.candidates.topic_terms is 'The words that set this group apart, joined by single spaces';
comment on column marts.candidates.typical_title is 'The redacted title of the member that says most of what the group says; null where no member has a short one';
comment on column marts.candidates.complainants_certain is 'The smallest number of people that fits the data';
comment on column marts.candidates.complainants_possible is 'Members less proven identities, and further people that members tell of or a contact reaches (marts.further_people)';
comment on column marts.candidates.expected is 'Complaints expected in the window without an event; null where dates or coverage do not allow it';
comment on column marts.candidates.signal_observed is 'Complaints of the merchant and code on the covered days of the window, members or not; null where expected is';
comment on column marts.candidates.signal_windows is 'How many windows of this length the covered days of the merchant hold side by side; null where expected is';
comment on column marts.candidates.signal_searched is 'Chance, 0 to 1, that some window of a quiet series of this kind is as dense: the window was chosen for being so; null where expected is';
comment on column marts.candidates.signal_p_adj is 'signal_searched adjusted for all merchant and code series that were looked at (Benjamini-Hochberg), 0 to 1; null where expected is';
comment on column marts.candidates.signal_false_alarm_rate is 'Share of quiet series-weeks, 0 to 1, that the null run found above the band of charts by the same model; null where expected is';
comment on column marts.candidates.unusual_mix is 'How unusual the code is among the merchant''s complaints beside the other merchants of the sector (EBGM, IC), never how risky; null where unusual_mix_missing says why';
comment on column marts.candidates.unusual_mix_missing is 'Why there is no comparison: no_code, no_merchant, no_sector, or no_background; null where there is one';
comment on column marts.candidates.loss is 'Known losses by currency: known of so many possible people, their sum and median';
comment on column marts.candidates.regions is 'Members by province or state, most first; unknown regions left out';
comment on column marts.candidates.reply_share is 'Share of members whom somebody answered, 0 to 1; null when no source records replies';
comment on column marts.candidates.discount_share is 'Share of the members that the discount reason concerns, 0 to 1';
comment on column marts.candidates.lineage is 'How it came from the build before: born, continued, merged or split';
comment on column marts.candidates.parents is 'Candidates of earlier builds that it came from, beside itself';
comment on column marts.candidates.cohesion is '0 to 1: how alike the members are';
comment on column marts.candidates.tiers is 'The three tiers, each met, not_met or unknown; never summed. Flags and analogues stand in marts.candidate_tiers';
comment on column marts.candidates.deadline_next is 'The nearest deadline that runs on as_of_date, with its rule; due_date is null where the working days of that year are not known; null where no deadline is known to run';
comment on column marts.candidates.is_public is 'All members come from sources that are already public';
comment on column marts.candidates.recent_days is 'Dated members in at most 24 equal steps over the window, for a sparkline; empty without dates';

create table if not exists marts.alarm_weeks (
    week_start date not null,
    method varchar not null,
    series_tested integer not null,
    level double not null,
    false_alarm_rate double not null,
    expected_false double not null,
    budget integer not null,
    alarms integer not null,
    alarms_lasting integer not null,
    alarms_within_budget integer not null
);
comment on table marts.alarm_weeks is 'The newest seven covered days and their budget of alarms; one row, or none where no week is covered [sensitivity: internal]';
comment on column marts.alarm_weeks.week_start is 'First of the newest seven days that are covered for some series; any day of the week';
comment on column marts.alarm_weeks.method is 'Model behind the expected counts';
comment on column marts.alarm_weeks.series_tested is 'Merchant and code series that are covered in the week and in four weeks or more before it';
comment on column marts.alarm_weeks.level is 'Chance, 0 to 1, at most which a count has under the model to be an alarm';
comment on column marts.alarm_weeks.false_alarm_rate is 'Share of quiet series-weeks, 0 to 1, that the null run (pipelines/taxonomy/measured/null_run.yml) found alarmed at this level';
comment on column marts.alarm_weeks.expected_false is 'Alarms to expect of the week if nothing had happened';
comment on column marts.alarm_weeks.budget is 'Alarms that a desk can look into in a week (taxonomy/candidates.yml)';
comment on column marts.alarm_weeks.alarms is 'Alarms of the week, those beyond the budget among them';
comment on column marts.alarm_weeks.alarms_lasting is 'Of the alarms, those that would have been raised within the days of the cooldown before as well';
comment on column marts.alarm_weeks.alarms_within_budget is 'Alarms of the week for which the budget has room';

create table if not exists marts.alarms (
    place integer not null,
    merchant_key varchar not null,
    merchant_name varchar,
    issue_axis varchar not null,
    issue_code varchar not null,
    label_zh varchar not null,
    label_en varchar not null,
    observed integer not null,
    expected double not null,
    p_value double not null,
    is_within_budget boolean not null,
    is_lasting boolean not null,
    candidate_id varchar
);
comment on table marts.alarms is 'Alarms of the newest seven covered days; one row per merchant and code [sensitivity: internal]';
comment on column marts.alarms.place is 'From 1: new ones before lasting ones, the least likely by chance first';
comment on column marts.alarms.observed is 'Complaints of the merchant and code in the week';
comment on column marts.alarms.expected is 'Complaints expected one week ahead';
comment on column marts.alarms.p_value is 'Chance, 0 to 1, of as many or more in a quiet week';
comment on column marts.alarms.is_within_budget is 'False for those that the desk has no time for this week';
comment on column marts.alarms.candidate_id is 'The highest candidate of the merchant and code whose days reach into the week; null where the week''s complaints made none';

create table if not exists marts.candidate_members (
    candidate_id varchar not null,
    complaint_id varchar not null,
    is_member boolean not null,
    person_no integer,
    typicality double not null,
    why varchar not null,
    spans integer[2][] not null
);
comment on table marts.candidate_members is 'Members and near misses; one row per candidate and complaint [sensitivity: internal]';
comment on column marts.candidate_members.is_member is 'False for a near miss; why says what kept it out';
comment on column marts.candidate_members.person_no is 'Number of the distinct person inside the candidate';
comment on column marts.candidate_members.typicality is '0 to 1: how much it says what the whole group says';
comment on column marts.candidate_members.spans is 'The passages that allege the candidate''s code, in redacted_text; empty when a label or the topic put it here';

create table if not exists marts.candidate_discounts (
    candidate_id varchar not null,
    place integer not null,
    reason varchar not null,
    complaints integer not null,
    share double not null,
    accounts integer,
    account_complaints integer,
    account_merchants integer,
    account_days integer
);
comment on table marts.candidate_discounts is 'What a reader should take off the size of a candidate; no complaint is dropped for it; one row per candidate and reason [sensitivity: internal]';
comment on column marts.candidate_discounts.place is 'From 1, the reason that concerns most complaints first';
comment on column marts.candidate_discounts.reason is 'copied_wording, copied_campaign, brigade, frequent_account, or same_person (counted once already, so not weighed)';
comment on column marts.candidate_discounts.share is 'Share of the members that it concerns, 0 to 1';
comment on column marts.candidate_discounts.accounts is 'Accounts that write very often among the members; null for other reasons, as in the columns that follow';
comment on column marts.candidate_discounts.account_complaints is 'Complaints that ask for compensation, of the account that wrote most, in its fullest year';
comment on column marts.candidate_discounts.account_merchants is 'Merchants that these are against';
comment on column marts.candidate_discounts.account_days is 'Days in which these lie';

create table if not exists marts.further_people (
    candidate_id varchar not null,
    complaint_id varchar not null,
    how varchar not null,
    people integer not null,
    counterparty_id varchar,
    span integer[2]
);
comment on table marts.further_people is 'Possible people beyond the members of a candidate; one row per candidate and complaint that tells of them or is theirs [sensitivity: internal]';
comment on column marts.further_people.how is 'told: a member tells of others whom the same counterparty hit; contact: the complaint is no member, names nobody, and quotes a contact that a member quotes';
comment on column marts.further_people.counterparty_id is 'The contact that connects; null for what is told';
comment on column marts.further_people.span is 'The passage that tells of them, half-open, in redacted_text; null for a contact';

create table if not exists marts.counterparties (
    counterparty_id varchar not null,
    kind varchar not null,
    role varchar not null,
    complaints integer not null,
    nameless integer not null,
    merchants integer not null,
    people integer not null,
    candidates integer not null
);
comment on table marts.counterparties is 'Contacts that recur in complaints of different people, never the contact itself; one row per contact [sensitivity: internal]';
comment on column marts.counterparties.counterparty_id is 'Stands for the contact; nothing of it can be had from this';
comment on column marts.counterparties.role is 'counterparty, or respondent: nearly all who quote it and name a merchant name the same one';
comment on column marts.counterparties.nameless is 'Of the complaints that quote it, those that name no merchant';
comment on column marts.counterparties.merchants is 'Merchants that the others are against';
comment on column marts.counterparties.people is 'Proven persons behind them (one account, or a contact or order of their own)';
comment on column marts.counterparties.candidates is 'Candidates with a member that quotes it';

create table if not exists marts.counterparty_complaints (
    counterparty_id varchar not null,
    complaint_id varchar not null,
    candidate_id varchar
);
comment on table marts.counterparty_complaints is 'Which complaints quote a contact that recurs; one row per contact and complaint [sensitivity: internal]';
comment on column marts.counterparty_complaints.candidate_id is 'The candidate that the complaint is a member of; null for none';

create table if not exists marts.candidate_tiers (
    candidate_id varchar not null,
    place integer not null,
    tier_code varchar not null,
    role varchar not null,
    scope varchar not null,
    label_zh varchar not null,
    label_en varchar not null,
    definition_zh varchar not null,
    definition_en varchar not null,
    as_of_date date not null,
    state varchar not null,
    why_zh varchar not null,
    why_en varchar not null,
    rule struct(code varchar, name_zh varchar, name_en varchar, article varchar, jurisdiction varchar, first_day date, last_day date, standing varchar),
    older_rule struct(code varchar, name_zh varchar, name_en varchar, article varchar, jurisdiction varchar, first_day date, last_day date, standing varchar),
    notes_zh varchar[] not null,
    notes_en varchar[] not null,
    conditions struct(code varchar, label_zh varchar, label_en varchar, state varchar, certain integer, possible integer, needed integer)[] not null,
    beside struct(code varchar, label_zh varchar, label_en varchar, state varchar, certain integer, possible integer, needed integer)[] not null,
    members varchar[] not null
);
comment on table marts.candidate_tiers is 'Legal tiers, flags and analogues of a candidate, each by itself; one row per candidate and tier [sensitivity: internal]';
comment on column marts.candidate_tiers.rule is 'The text in force on as_of_date, with article and days in force; null where none is known';
comment on column marts.candidate_tiers.older_rule is 'The text whose wording decides while that of the rule in force was not seen';

create table if not exists marts.candidate_deadlines (
    candidate_id varchar not null,
    deadline_code varchar not null,
    kind varchar not null,
    label_zh varchar not null,
    label_en varchar not null,
    complaint_id varchar,
    as_of_date date not null,
    state varchar not null,
    owed_by_zh varchar not null,
    owed_by_en varchar not null,
    amount integer,
    unit varchar,
    calendar varchar,
    start_date date,
    due_date date,
    due_not_before_date date,
    due_not_after_date date,
    due_by_older_rule_date date,
    done_date date,
    is_done boolean not null,
    days_left integer,
    days_over integer,
    elapsed_days integer,
    elapsed_working_days integer,
    rule struct(code varchar, name_zh varchar, name_en varchar, article varchar, jurisdiction varchar, first_day date, last_day date, standing varchar),
    older_rule struct(code varchar, name_zh varchar, name_en varchar, article varchar, jurisdiction varchar, first_day date, last_day date, standing varchar),
    notes_zh varchar[] not null,
    notes_en varchar[] not null,
    span integer[2]
);
comment on table marts.candidate_deadlines is 'Deadlines of a candidate''s members that had begun by as_of_date; one row per candidate, deadline, complaint and start [sensitivity: internal]';
comment on column marts.candidate_deadlines.rule is 'The text in force when it began, which decides; null for a promise';
comment on column marts.candidate_deadlines.older_rule is 'The text whose figures count, or are given beside, while those in force were not seen';

create table if not exists marts.candidate_weeks (
    candidate_id varchar not null,
    week_start date not null,
    members integer not null,
    complaints integer,
    expected double,
    upper double,
    is_covered boolean
);
comment on table marts.candidate_weeks is 'Timeline of a candidate: half a year before its window, and the window; one row per candidate and week [sensitivity: internal]';
comment on column marts.candidate_weeks.members is 'Members of the candidate dated in the week';
comment on column marts.candidate_weeks.complaints is 'All complaints of its merchant and code in the week; null for a topic or an unnamed merchant';
comment on column marts.candidate_weeks.expected is 'Expected complaints of its merchant and code; null outside covered and modelled weeks';
comment on column marts.candidate_weeks.upper is 'Count above which the week is unusual; null where expected is';
comment on column marts.candidate_weeks.is_covered is 'False: declared periods leave the week out, so its count is a lower bound; null: no period was declared';

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

create table if not exists marts.merchant_code_weeks (
    merchant_key varchar not null,
    issue_axis varchar not null,
    issue_code varchar not null,
    week_start date not null,
    complaints integer not null
);
comment on table marts.merchant_code_weeks is 'Dated complaints per merchant, code and week; one row each; an absent week is zero only where a load covers it [sensitivity: internal]';

create table if not exists marts.code_weeks (
    issue_axis varchar not null,
    issue_code varchar not null,
    week_start date not null,
    source varchar not null,
    complaints integer not null
);
comment on table marts.code_weeks is 'Dated complaints per code, source and week; one row each; an absent week is zero only where a load covers it [sensitivity: internal]';

create table if not exists marts.review_names (
    place integer not null,
    one varchar not null,
    other varchar not null,
    one_key varchar,
    other_key varchar,
    doubt varchar not null,
    score double not null,
    one_complaints bigint not null,
    other_complaints bigint not null,
    best_rank integer
);
comment on table marts.review_names is 'Pairs of names that people should judge; one row per pair [sensitivity: internal]';
comment on column marts.review_names.place is 'From 1: what moves the highest candidate first, then most complaints';
comment on column marts.review_names.one_key is 'Null where the name names nobody so far';
comment on column marts.review_names.other_key is 'Null where the name names nobody so far';
comment on column marts.review_names.doubt is 'What speaks for one merchant: holds, words, sound, letters, initials or mask';
comment on column marts.review_names.score is '0 to 1: how likely it is that they are one';
comment on column marts.review_names.best_rank is 'Rank of the highest candidate against either; null where there is none';

create table if not exists marts.review_codes (
    place integer not null,
    complaint_id varchar not null,
    axis varchar not null,
    code varchar not null,
    score double not null,
    doubt varchar not null,
    candidate_id varchar,
    candidate_rank integer,
    is_of_candidate boolean not null,
    spans integer[2][] not null
);
comment on table marts.review_codes is 'Codes that the machine alleges and is not sure of, at most three hundred; one row per complaint and code [sensitivity: internal]';
comment on column marts.review_codes.place is 'From 1: codes that decide a candidate first, by its rank, the least sure first';
comment on column marts.review_codes.score is 'Probability that the second reader gives, 0 to 1';
comment on column marts.review_codes.doubt is 'near_threshold, readers_differ (a rule alleges it, the second reader alone would not) or likeliest (none is likely, and one was wanted)';
comment on column marts.review_codes.candidate_id is 'The candidate that the complaint is a member of; null for none';
comment on column marts.review_codes.candidate_rank is 'Rank of that candidate';
comment on column marts.review_codes.is_of_candidate is 'It is the code of that candidate';

create table if not exists marts.merchants (
    merchant_key varchar not null,
    merchant_name varchar not null,
    sector varchar,
    complaints integer not null,
    dated integer not null,
    first_date date,
    last_date date,
    replies_recorded integer not null,
    replied integer not null,
    candidates integer not null
);
comment on table marts.merchants is 'What is on record against every merchant; one row per merchant [sensitivity: internal]';
comment on column marts.merchants.dated is 'Complaints with a date that parses';
comment on column marts.merchants.first_date is 'First event date; null without dates';
comment on column marts.merchants.last_date is 'Last event date; null without dates';
comment on column marts.merchants.replies_recorded is 'Complaints of sources that record replies';
comment on column marts.merchants.replied is 'Of these, complaints that somebody other than the complainant answered';
comment on column marts.merchants.candidates is 'Candidates of this build against it';

create table if not exists marts.merchant_names (
    merchant_key varchar not null,
    raw varchar not null,
    complaints integer not null,
    score double not null,
    why varchar not null
);
comment on table marts.merchant_names is 'Names under which complaints mean a merchant, never accounts; one row per merchant and name [sensitivity: internal]';
comment on column marts.merchant_names.complaints is 'Complaints whose respondent is written so';
comment on column marts.merchant_names.why is 'Which rule took it for the merchant''s';

create table if not exists marts.merchant_mixes (
    merchant_key varchar not null,
    issue_axis varchar not null,
    issue_code varchar not null,
    complaints integer not null,
    share double not null,
    background integer not null,
    background_share double not null,
    ratio double not null,
    lower double not null,
    upper double not null,
    is_signal boolean not null
);
comment on table marts.merchant_mixes is 'How unusual a code is among a merchant''s complaints, beside its sector; one row per merchant and code that could be compared [sensitivity: internal]';

create table if not exists marts.merchant_expected_weeks (
    merchant_key varchar not null,
    issue_axis varchar not null,
    issue_code varchar not null,
    week_start date not null,
    expected double not null,
    upper double
);
comment on table marts.merchant_expected_weeks is 'Expected complaints of the three codes that a merchant has most, over two years; one row per merchant, code and modelled week [sensitivity: internal]';

create table if not exists marts.complaint_copies (
    copy_group_id varchar not null,
    complaint_id varchar not null,
    similarity double not null
);
comment on table marts.complaint_copies is 'Complaints whose wording is that of another, or nearly; one row per complaint in a group of two or more [sensitivity: internal]';

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
comment on column marts.source_health.undated_count is 'Complaints without a date that parses';
comment on column marts.source_health.unnamed_count is 'Complaints whose respondent was not resolved';
comment on column marts.source_health.uncoded_count is 'Complaints without any alleged pattern, wallet or nature code';

create table if not exists marts.reject_reasons (
    load_id varchar not null,
    source varchar not null,
    reason varchar not null,
    items bigint not null
);
comment on table marts.reject_reasons is 'Why items were rejected; one row per load and reason [sensitivity: internal]';
comment on column marts.candidates.score is 'Place in the worklist: higher first';
comment on column marts.merchant_codes.first_date is 'First event date; null without dates';
comment on column marts.merchant_codes.last_date is 'Last event date; null without dates';
comment on column marts.source_health.last_loaded_at is 'When its latest load was made, UTC';
comment on column marts.reject_reasons.items is 'Number of rejected items';
comment on column marts.complaints.event_date is 'The calendar date as written: published, else received; null when neither parses';
comment on column marts.candidate_members.why is 'What put it in, or kept it out';
comment on column marts.complaints.kind is 'complaint, report, guide or other';
comment on column marts.candidates.complaints is 'Number of members';
comment on column marts.reject_reasons.reason is 'Why they were rejected';

create table if not exists marts.retired_candidates (
    candidate_id varchar not null,
    merchant_key varchar,
    merchant_name varchar,
    issue_axis varchar not null,
    issue_code varchar not null,
    label_zh varchar not null,
    label_en varchar not null,
    complaints integer not null,
    first_flagged_on date not null,
    last_flagged_on date not null,
    went_into varchar[] not null
);
comment on table marts.retired_candidates is 'Candidates of earlier builds that this build does not have; one row per candidate. The lineage of those that it has stands in marts.candidates [sensitivity: internal]';
comment on column marts.retired_candidates.complaints is 'Members in the last build in which it was a candidate';
comment on column marts.retired_candidates.last_flagged_on is 'Date on which the last build was made in which it was a candidate';
comment on column marts.retired_candidates.went_into is 'Candidates of this build that took its members; empty where none did';

create table if not exists marts.complaint_replies (
    complaint_id varchar not null,
    place integer not null,
    "by" varchar,
    replied_on date,
    redacted_text varchar not null,
    stance varchar
);
comment on table marts.complaint_replies is 'Replies on record to members of candidates, redacted; one row per complaint and reply. Answers that a complaint tells of stand in its text [sensitivity: internal]';
comment on column marts.complaint_replies.complaint_id is 'The complaint, as source:record_id';
comment on column marts.complaint_replies.redacted_text is 'What it says, with placeholders for personal data, numbered by themselves in each reply';
comment on column marts.complaint_replies.place is 'From 1, by day, those without one last';
comment on column marts.complaint_replies."by" is 'merchant, platform, regulator or complainant; null where the source does not say';
comment on column marts.complaint_replies.replied_on is 'Null where it bears no day';
comment on column marts.complaint_replies.stance is 'denies, offers, stalls, accepts or explains; null for the complainant''s own words';

create table if not exists marts.told_answers (
    complaint_id varchar not null,
    place integer not null,
    "by" varchar not null,
    stance varchar not null,
    span integer[2] not null
);
comment on table marts.told_answers is 'Answers that members of candidates tell of in their own texts; one row per complaint and answer [sensitivity: internal]';
comment on column marts.told_answers.place is 'From 1, in the order of the text';
comment on column marts.told_answers."by" is 'platform, merchant, regulator, police, bank, court or other';
comment on column marts.told_answers.stance is 'denies, offers, stalls, accepts or explains';
comment on column marts.told_answers.span is 'The passage that tells of it, half-open, in redacted_text';

create table if not exists marts.contradictions (
    complaint_id varchar not null,
    place integer not null,
    field varchar not null,
    spans integer[2][] not null
);
comment on table marts.contradictions is 'Where the account of a member of a candidate contradicts itself; one row per complaint and contradiction [sensitivity: internal]';
comment on column marts.contradictions.place is 'From 1, in the order of finding';
comment on column marts.contradictions.field is 'What the two passages state differently: amount, date, age or count';
comment on column marts.contradictions.spans is 'The passages, half-open, in redacted_text';

create table if not exists marts.candidate_completeness (
    candidate_id varchar not null,
    members integer not null,
    parts struct(code varchar, members integer)[] not null,
    links struct(code varchar, members integer)[] not null,
    whole integer not null,
    share double not null,
    helpful_kind varchar,
    helpful_link varchar,
    helpful_lacking integer
);
comment on table marts.candidate_completeness is 'How complete the evidence of candidates is, as far as members tell; one row per candidate [sensitivity: internal]';
comment on column marts.candidate_completeness.parts is 'Members with each part: subjects (names the respondent), course (dated, and alleges what the group does), evidence (mentions some), claims (asks for something)';
comment on column marts.candidate_completeness.links is 'Members that mention evidence of each link of the chain: deal, breach, loss';
comment on column marts.candidate_completeness.whole is 'Members that mention evidence of every link';
comment on column marts.candidate_completeness.share is '0 to 1: mean of the parts over the members, where evidence counts as far as its links go';
comment on column marts.candidate_completeness.helpful_kind is 'Kind of evidence that would help most; null where nothing lacks';
comment on column marts.candidate_completeness.helpful_link is 'The link that it covers, which most members lack';
comment on column marts.candidate_completeness.helpful_lacking is 'Members that lack that link';
