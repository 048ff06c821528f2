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
comment on column enriched.findings.axis is 'pattern, wallet, nature, evidence, demand or channel';
comment on column enriched.findings.origin is 'rule: a passage of the text says so; model: the learned second reader says so; label: the source''s own classification';

-- One row per complaint and code that somebody judged, and one without a code per whole axis.
create table if not exists enriched.corrections (
    complaint_id varchar not null,
    axis varchar not null,
    code varchar,
    is_alleged boolean not null
);
comment on table enriched.corrections is 'What people read in complaints where the machine read otherwise, from the ledger; one row per complaint and code, or per complaint and whole axis [sensitivity: internal]';
comment on column enriched.corrections.code is 'Null: of this axis, the complaint has no other codes than those that people named';
comment on column enriched.corrections.is_alleged is 'Whether the complaint alleges it; false where code is null';

-- One row per complaint whose kind or outcome somebody judged.
create table if not exists enriched.corrected_readings (
    complaint_id varchar not null,
    kind varchar,
    outcome varchar
);
comment on table enriched.corrected_readings is 'Kinds and outcomes that people judged, from the ledger; one row per complaint [sensitivity: internal]';
comment on column enriched.corrected_readings.kind is 'Null where nobody judged it';
comment on column enriched.corrected_readings.outcome is 'Null where nobody judged it';

-- What complaints say after people corrected the machine: all that follows reads this.
-- One row per complaint, axis, code and is_alleged, as in enriched.findings.
create or replace macro enriched.believed_findings() as table (
    select
        findings.complaint_id,
        findings.axis,
        findings.code,
        findings.score,
        findings.origin,
        findings.is_alleged,
        findings.spans
    from enriched.findings
    where
        not exists (
            select 1
            from enriched.corrections
            where
                corrections.complaint_id = findings.complaint_id
                and corrections.axis = findings.axis
                and coalesce(corrections.code, findings.code) = findings.code
        )
    union all
    select
        corrections.complaint_id,
        corrections.axis,
        corrections.code,
        1.0 as score,
        'person' as origin,
        corrections.is_alleged,
        coalesce(max(findings.spans), []) as spans
    from enriched.corrections
    join enriched.readings using (complaint_id)
    left join enriched.findings
        on corrections.complaint_id = findings.complaint_id
        and corrections.axis = findings.axis
        and corrections.code = findings.code
    where corrections.code is not null
    group by
        corrections.complaint_id,
        corrections.axis,
        corrections.code,
        corrections.is_alleged
);

-- One row per axis and language, by whether a rule alleges the code as well.
create table if not exists enriched.reading_thresholds (
    axis varchar not null,
    is_chinese boolean not null,
    origin varchar not null,
    threshold double not null
);
comment on table enriched.reading_thresholds is 'Probability from which the second reader names a code; one row per axis, language and origin [sensitivity: internal]';
comment on column enriched.reading_thresholds.is_chinese is 'For texts with Chinese characters';
comment on column enriched.reading_thresholds.threshold is '0 to 1';
comment on column enriched.reading_thresholds.origin is 'rule: a rule alleges the code as well; model: the second reader alone';

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

-- One row per pair of names that may be one merchant's.
create table if not exists enriched.unsure_names (
    one varchar not null,
    other varchar not null,
    one_key varchar,
    other_key varchar,
    doubt varchar not null,
    score double not null,
    one_complaints bigint not null,
    other_complaints bigint not null
);
comment on table enriched.unsure_names is 'Pairs of names that resolution keeps apart in doubt, for people to judge; one row per pair, the most frequent some hundreds [sensitivity: internal]';
comment on column enriched.unsure_names.doubt is 'What speaks for one merchant: holds, words, sound, letters, initials or mask';
comment on column enriched.unsure_names.one is 'One name as written, of the merchant with fewer complaints';
comment on column enriched.unsure_names.other is 'The other name as written';
comment on column enriched.unsure_names.score is '0 to 1: how likely it is that they are one';
comment on column enriched.unsure_names.one_key is 'Null where the name names nobody so far';
comment on column enriched.unsure_names.other_key is 'Null where the name names nobody so far';
comment on column enriched.unsure_names.one_complaints is 'Complaints of the merchant that the name names';
comment on column enriched.unsure_names.other_complaints is 'Complaints of the merchant that the name names';

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
    signal_observed integer,
    signal_size double,
    signal_windows double,
    signal_searched double,
    signal_p_adj double,
    cohesion double not null,
    reply_share double,
    discount_reason varchar,
    discount_share double,
    score double not null,
    reason_zh varchar not null,
    reason_en varchar not null,
    judged_id varchar
);
comment on table enriched.clusters is 'Groups of complaints proposed as one matter; one row per cluster [sensitivity: internal]';
comment on column enriched.clusters.cluster_id is 'Hash of the sorted member ids, axis, code and merchant: the same group has the same id';
comment on column enriched.clusters.judged_id is 'The candidate that people decided it to be; null where the machine groups alone';
comment on column enriched.clusters.topic_terms is 'The words that set this group apart, joined by single spaces';
comment on column enriched.clusters.expected is 'Complaints expected in the window without an event; null where dates or coverage do not allow it';

-- One row per cluster and reason to take something off its size.
create table if not exists enriched.cluster_discounts (
    cluster_id varchar not null,
    place integer not null,
    reason varchar not null,
    complaints integer not null,
    share double not null,
    accounts integer,
    account_complaints integer,
    account_merchants integer,
    account_days integer
);
comment on table enriched.cluster_discounts is 'What a reader should take off the size of a cluster; no complaint is dropped for it; one row per cluster and reason [sensitivity: internal]';
comment on column enriched.cluster_discounts.place is 'From 1, the reason that concerns most complaints first';
comment on column enriched.cluster_discounts.reason is 'copied_wording, copied_campaign, brigade (like texts of many accounts that wrote of nobody else, within days), frequent_account (one that asks many merchants for compensation) or same_person (counted once already, so not weighed)';
comment on column enriched.cluster_discounts.complaints is 'Members that it concerns';
comment on column enriched.cluster_discounts.share is 'Share of the members that it concerns, 0 to 1';
comment on column enriched.cluster_discounts.accounts is 'Accounts that write very often among the members; null for other reasons, as in the columns that follow';
comment on column enriched.cluster_discounts.account_complaints is 'Complaints that ask for compensation, of the account that wrote most, in its fullest year';
comment on column enriched.cluster_discounts.account_merchants is 'Merchants that these are against';
comment on column enriched.cluster_discounts.account_days is 'Days in which these lie';

-- One row per cluster and complaint that tells of, or is, a further person.
create table if not exists enriched.further_people (
    cluster_id varchar not null,
    complaint_id varchar not null,
    how varchar not null,
    people integer not null,
    counterparty_id varchar,
    span integer[2]
);
comment on table enriched.further_people is 'Possible people beyond the members; one row per cluster and complaint that tells of them or is theirs [sensitivity: internal]';
comment on column enriched.further_people.how is 'told: a member tells of others whom the same counterparty hit; contact: the complaint is no member, names nobody, and quotes a contact that a member quotes';
comment on column enriched.further_people.people is 'People that a told passage counts; 1 for a contact';
comment on column enriched.further_people.counterparty_id is 'The contact that connects; null for what is told';
comment on column enriched.further_people.span is 'The passage that tells of them, half-open, in redacted_text; null for a contact';

-- One row per contact that recurs in complaints of different people.
create table if not exists enriched.counterparties (
    counterparty_id varchar not null,
    kind varchar not null,
    role varchar not null,
    complaints integer not null,
    nameless integer not null,
    merchants integer not null,
    people integer not null
);
comment on table enriched.counterparties is 'Contacts that recur in complaints of different people, never the contact itself; one row per contact [sensitivity: internal]';
comment on column enriched.counterparties.counterparty_id is 'Hash of the keyed hash of the contact';
comment on column enriched.counterparties.kind is 'What it is: mobile, wechat, qq, url, ...';
comment on column enriched.counterparties.role is 'counterparty, or respondent: nearly all who quote it and name a merchant name the same one';
comment on column enriched.counterparties.complaints is 'Complaints that quote it';
comment on column enriched.counterparties.nameless is 'Of these, complaints that name no merchant';
comment on column enriched.counterparties.merchants is 'Merchants that the others are against';
comment on column enriched.counterparties.people is 'Proven persons behind them (one account, or a contact or order of their own)';

-- One row per such contact and complaint that quotes it.
create table if not exists enriched.counterparty_complaints (
    counterparty_id varchar not null,
    complaint_id varchar not null
);
comment on table enriched.counterparty_complaints is 'Which complaints quote a contact that recurs; one row per contact and complaint [sensitivity: internal]';

-- One row per cluster and complaint.
create table if not exists enriched.cluster_members (
    cluster_id varchar not null,
    complaint_id varchar not null,
    is_member boolean not null,
    person_no integer,
    surely_no integer,
    is_alleging boolean,
    typicality double not null,
    why varchar not null
);
comment on table enriched.cluster_members is 'Members, and near misses that were left out; one row per cluster and complaint [sensitivity: internal]';
comment on column enriched.cluster_members.is_member is 'False for a near miss; why says what kept it out';
comment on column enriched.cluster_members.person_no is 'Number of the distinct person inside the cluster, as counted in complainants_possible';
comment on column enriched.cluster_members.surely_no is 'Members of different numbers are certainly different people''s, counted up to complainants_certain; null: perhaps somebody''s who has a number';
comment on column enriched.cluster_members.is_alleging is 'Carries the code of the cluster; null where the cluster has none, and for near misses';
comment on column enriched.cluster_members.typicality is '0 to 1: how much the complaint says what the whole group says';

-- One row per cluster and currency.
create table if not exists enriched.cluster_losses (
    cluster_id varchar not null,
    currency varchar not null,
    known_count integer not null,
    member_count integer not null,
    total decimal(38, 2) not null,
    median decimal(18, 2) not null
);
comment on table enriched.cluster_losses is 'Known losses of a cluster; one row per cluster and currency [sensitivity: internal]';

-- One row per cluster and tier of the rulebook: how it stands by the rule in force on as_of_date.
create table if not exists enriched.cluster_tiers (
    cluster_id varchar not null,
    tier_code varchar not null,
    as_of_date date not null,
    state varchar not null check (state in ('met', 'not_met', 'unknown')),
    why_zh varchar not null,
    why_en varchar not null,
    rule_code varchar,
    article varchar,
    standing varchar,
    older_rule_code varchar,
    older_article varchar,
    notes_zh varchar[] not null,
    notes_en varchar[] not null,
    conditions struct(code varchar, label_zh varchar, label_en varchar, state varchar, certain integer, possible integer, needed integer)[] not null,
    beside struct(code varchar, label_zh varchar, label_en varchar, state varchar, certain integer, possible integer, needed integer)[] not null,
    members varchar[] not null
);
comment on table enriched.cluster_tiers is 'Legal tiers, flags and analogues of a cluster, each by itself and never summed; one row per cluster and tier [sensitivity: internal]';
comment on column enriched.cluster_tiers.tier_code is 'Code of codes.law_tiers';
comment on column enriched.cluster_tiers.as_of_date is 'The last day of which the loads know: no rule or event after it counts, and days are counted to it';
comment on column enriched.cluster_tiers.state is 'met, not_met or unknown; what nobody stated is unknown, never not_met';
comment on column enriched.cluster_tiers.why_zh is 'What decides, in a Chinese sentence';
comment on column enriched.cluster_tiers.why_en is 'What decides, in an English sentence';
comment on column enriched.cluster_tiers.rule_code is 'Text of codes.law_texts that is in force; null where none is known to be';
comment on column enriched.cluster_tiers.article is 'Article of that text; null where it was not recorded';
comment on column enriched.cluster_tiers.standing is 'How the rule is known: read, from_memory, older_text (not seen; the wording of older_rule_code decides) or not_seen';
comment on column enriched.cluster_tiers.older_rule_code is 'The text before it, where the wording in force was not seen';
comment on column enriched.cluster_tiers.older_article is 'Article of the older text';
comment on column enriched.cluster_tiers.notes_zh is 'What must be shown with the rule, in Chinese: superseded, unverified';
comment on column enriched.cluster_tiers.notes_en is 'What must be shown with the rule, in English';
comment on column enriched.cluster_tiers.conditions is 'What the tier asks, each with its state; certain to possible people of needed where it counts people';
comment on column enriched.cluster_tiers.beside is 'What is shown beside the tier without a say in it; consent and representatives come only from people';
comment on column enriched.cluster_tiers.members is 'Complaints that stand behind the conditions';

-- One row per complaint and reply.
create table if not exists enriched.member_replies (
    complaint_id varchar not null,
    place integer not null,
    "by" varchar,
    replied_on date,
    redacted_text varchar not null,
    stance varchar
);
comment on table enriched.member_replies is 'Replies on record to members of clusters, redacted; one row per complaint and reply [sensitivity: internal]';
comment on column enriched.member_replies.complaint_id is 'The complaint, as source:record_id';
comment on column enriched.member_replies.redacted_text is 'What it says, with placeholders for personal data, numbered by themselves in each reply';
comment on column enriched.member_replies.place is 'From 1, by day, those without one last';
comment on column enriched.member_replies."by" is 'merchant, platform, regulator or complainant; null where the source does not say';
comment on column enriched.member_replies.replied_on is 'Null where it bears no day';
comment on column enriched.member_replies.stance is 'denies, offers, stalls, accepts or explains; null for the complainant''s own words';

-- One row per complaint and answer that it tells of.
create table if not exists enriched.member_answers (
    complaint_id varchar not null,
    place integer not null,
    "by" varchar not null,
    stance varchar not null,
    span integer[2] not null
);
comment on table enriched.member_answers is 'Answers that members of clusters tell of; one row per complaint and answer [sensitivity: internal]';
comment on column enriched.member_answers.place is 'From 1, in the order of the text';
comment on column enriched.member_answers."by" is 'platform, merchant, regulator, police, bank, court or other';
comment on column enriched.member_answers.stance is 'denies, offers, stalls, accepts or explains';
comment on column enriched.member_answers.span is 'The passage that tells of it, half-open, in redacted_text';

-- One row per complaint and contradiction.
create table if not exists enriched.member_contradictions (
    complaint_id varchar not null,
    place integer not null,
    field varchar not null,
    spans integer[2][] not null
);
comment on table enriched.member_contradictions is 'Where the account of a member of a cluster contradicts itself; one row per complaint and contradiction [sensitivity: internal]';
comment on column enriched.member_contradictions.place is 'From 1, in the order of finding';
comment on column enriched.member_contradictions.field is 'What the two passages state differently: amount, date, age or count';
comment on column enriched.member_contradictions.spans is 'The passages, half-open, in redacted_text';

-- One row per cluster.
create table if not exists enriched.cluster_completeness (
    cluster_id varchar not null,
    members integer not null,
    parts struct(code varchar, members integer)[] not null,
    links struct(code varchar, members integer)[] not null,
    whole integer not null,
    share double not null,
    helpful_kind varchar,
    helpful_link varchar,
    helpful_lacking integer
);
comment on table enriched.cluster_completeness is 'How complete the evidence of clusters is, as far as members tell; one row per cluster [sensitivity: internal]';
comment on column enriched.cluster_completeness.parts is 'Members with each part: subjects (names the respondent), course (dated, and alleges what the group does), evidence (mentions some), claims (asks for something)';
comment on column enriched.cluster_completeness.links is 'Members that mention evidence of each link of the chain: deal, breach, loss';
comment on column enriched.cluster_completeness.whole is 'Members that mention evidence of every link';
comment on column enriched.cluster_completeness.share is '0 to 1: mean of the parts over the members, where evidence counts as far as its links go';
comment on column enriched.cluster_completeness.helpful_kind is 'Kind of evidence that would help most; null where nothing lacks';
comment on column enriched.cluster_completeness.helpful_link is 'The link that it covers, which most members lack';
comment on column enriched.cluster_completeness.helpful_lacking is 'Members that lack that link';

-- One row per cluster, deadline, complaint and start.
create table if not exists enriched.cluster_deadlines (
    cluster_id varchar not null,
    deadline_code varchar not null,
    complaint_id varchar,
    as_of_date date not null,
    state varchar not null check (
        state in ('running', 'overdue', 'lapsed', 'met', 'met_late', 'unknown')
    ),
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
    rule_code varchar,
    article varchar,
    standing varchar,
    older_rule_code varchar,
    older_article varchar,
    notes_zh varchar[] not null,
    notes_en varchar[] not null,
    span integer[2]
);
comment on table enriched.cluster_deadlines is 'Deadlines that had begun by as_of_date, of statute and of promise; one row per cluster, deadline, complaint and start [sensitivity: internal]';
comment on column enriched.cluster_deadlines.deadline_code is 'Code of codes.law_deadlines';
comment on column enriched.cluster_deadlines.complaint_id is 'The member whose deadline it is; null for the whole cluster';
comment on column enriched.cluster_deadlines.state is 'running, overdue, lapsed, met, met_late, or unknown where a day or a calendar is missing';
comment on column enriched.cluster_deadlines.owed_by_zh is 'Who has to act, in Chinese';
comment on column enriched.cluster_deadlines.owed_by_en is 'Who has to act, in English';
comment on column enriched.cluster_deadlines.amount is 'Length of the period in its unit; null where the wording in force was not seen';
comment on column enriched.cluster_deadlines.unit is 'working_days, days, weeks, months, years or hours';
comment on column enriched.cluster_deadlines.calendar is 'CN_working_days (make-up days included), calendar, or clock (by the hour)';
comment on column enriched.cluster_deadlines.start_date is 'Day it began, itself not counted; null where it is not stored';
comment on column enriched.cluster_deadlines.due_date is 'Last day; null where a day is missing or the working days of that year are not known';
comment on column enriched.cluster_deadlines.due_not_before_date is 'The earliest that the last day can be';
comment on column enriched.cluster_deadlines.due_not_after_date is 'The last day had it begun by the day of the text that retells it; null where the start is stored';
comment on column enriched.cluster_deadlines.due_by_older_rule_date is 'What the version before gives, where the wording in force was not seen';
comment on column enriched.cluster_deadlines.done_date is 'Day it was done; null while it was not, and where the day is not stored';
comment on column enriched.cluster_deadlines.is_done is 'It was done, perhaps on a day that is not stored';
comment on column enriched.cluster_deadlines.days_left is 'Days from as_of_date to due_date while it runs';
comment on column enriched.cluster_deadlines.days_over is 'Days from due_date to the day it was done, or to as_of_date';
comment on column enriched.cluster_deadlines.elapsed_days is 'Days since it began, to the day it was done or to as_of_date';
comment on column enriched.cluster_deadlines.elapsed_working_days is 'The same in Chinese working days; null outside the known years';
comment on column enriched.cluster_deadlines.notes_zh is 'What must be shown with it, in Chinese: what is missing, superseded, unverified';
comment on column enriched.cluster_deadlines.notes_en is 'What must be shown with it, in English';
comment on column enriched.cluster_deadlines.span is 'The passage of the member''s redacted text that tells it; null where a column or a reply does';

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

-- One row, on the newest seven days that are covered; none where nothing is covered.
create table if not exists enriched.alarm_weeks (
    week_start date not null,
    method varchar not null,
    series_tested integer not null,
    level double not null,
    false_alarm_rate double not null,
    expected_false double not null,
    budget integer not null,
    alarms integer not null,
    alarms_lasting integer not null,
    band_false_alarm_rate double not null
);
comment on table enriched.alarm_weeks is 'The newest seven covered days and their budget of alarms; one row, or none where no week is covered [sensitivity: internal]';
comment on column enriched.alarm_weeks.week_start is 'First of the newest seven days that are covered for some series; any day of the week';
comment on column enriched.alarm_weeks.method is 'Model behind the expected counts';
comment on column enriched.alarm_weeks.series_tested is 'Merchant and code series that are covered in the week and in four weeks or more before it';
comment on column enriched.alarm_weeks.level is 'Chance, 0 to 1, at most which a count has under the model to be an alarm';
comment on column enriched.alarm_weeks.false_alarm_rate is 'Share of quiet series-weeks, 0 to 1, that the null run (pipelines/taxonomy/measured/null_run.yml) found alarmed at this level';
comment on column enriched.alarm_weeks.expected_false is 'Alarms to expect of the week if nothing had happened: series_tested times false_alarm_rate';
comment on column enriched.alarm_weeks.budget is 'Alarms that a desk can look into in a week (taxonomy/candidates.yml)';
comment on column enriched.alarm_weeks.alarms is 'Alarms of the week, those beyond the budget among them';
comment on column enriched.alarm_weeks.alarms_lasting is 'Of the alarms, those that would have been raised within the days of the cooldown before as well';
comment on column enriched.alarm_weeks.band_false_alarm_rate is 'Share of quiet series-weeks, 0 to 1, that the null run found above the band of charts, by the model behind candidates';

-- One row per alarm of the newest seven covered days.
create table if not exists enriched.alarms (
    place integer not null,
    merchant_key varchar not null,
    issue_axis varchar not null,
    issue_code varchar not null,
    observed integer not null,
    expected double not null,
    p_value double not null,
    is_within_budget boolean not null,
    is_lasting boolean not null
);
comment on table enriched.alarms is 'Alarms of the newest seven covered days; one row per merchant and code [sensitivity: internal]';
comment on column enriched.alarms.place is 'From 1: new ones before lasting ones, the least likely by chance first';
comment on column enriched.alarms.observed is 'Complaints of the merchant and code in the week';
comment on column enriched.alarms.expected is 'Complaints expected one week ahead';
comment on column enriched.alarms.p_value is 'Chance, 0 to 1, of as many or more in a quiet week';
comment on column enriched.alarms.is_within_budget is 'False for those that the desk has no time for this week';
comment on column enriched.alarms.is_lasting is 'It would have been raised within the days of the cooldown before as well, so that it is not raised anew';

-- One row per merchant and code that some complaint alleges.
create table if not exists enriched.code_mixes (
    merchant_key varchar not null,
    issue_axis varchar not null,
    issue_code varchar not null,
    sector varchar,
    complaints integer not null,
    share double not null,
    background integer,
    background_share double,
    mix_expected double,
    ratio double,
    lower double,
    upper double,
    ic double,
    ic_lower double,
    ic_upper double,
    is_signal boolean,
    missing varchar
);
comment on table enriched.code_mixes is 'How unusual a code is among a merchant''s complaints, beside the other merchants of the sector; never how risky; one row per merchant and code [sensitivity: internal]';
comment on column enriched.code_mixes.sector is 'Line of business; null where nobody knows it';
comment on column enriched.code_mixes.complaints is 'Complaints of the merchant with the code, in the whole build';
comment on column enriched.code_mixes.share is 'Share of the merchant''s complaints that carry the code, 0 to 1';
comment on column enriched.code_mixes.background is 'Complaints of the sector''s other merchants; null where there is no comparison, as in all columns but missing that follow';
comment on column enriched.code_mixes.background_share is 'Share of those that carry the code, 0 to 1';
comment on column enriched.code_mixes.mix_expected is 'Complaints with the code that the merchant would have, had he the mix of the whole sector';
comment on column enriched.code_mixes.ratio is 'EBGM: observed over expected, shrunk by the prior that all cells teach';
comment on column enriched.code_mixes.lower is 'EB05: the ratio is larger with a chance of 95 %';
comment on column enriched.code_mixes.upper is 'EB95: the ratio is smaller with a chance of 95 %';
comment on column enriched.code_mixes.ic is 'Information component, bits; 0 is usual';
comment on column enriched.code_mixes.ic_lower is 'Lower bound of 95 % of ic';
comment on column enriched.code_mixes.ic_upper is 'Upper bound of 95 % of ic';
comment on column enriched.code_mixes.is_signal is 'The mix is unusual by the rule ebgm_lower of taxonomy/disproportion.yml';
comment on column enriched.code_mixes.missing is 'Why there is no comparison: no_sector, or no_background (too few complaints of other merchants); null where there is one';
comment on column enriched.readings.kind is 'complaint, report, guide or other';
comment on column enriched.readings.outcome is 'resolved, unresolved, rejected, pending or unknown, by what the text says last';
comment on column enriched.readings.is_minor is 'A child''s own act is disputed; null when the text does not say';
comment on column enriched.readings.input_hash is 'staged.complaints.input_hash at the time of reading';
comment on column enriched.readings.signature is 'MinHash signature, little-endian uint32; null for texts too short to compare [sensitivity: private]';
comment on column enriched.findings.is_alleged is 'False for what the text only speaks of: feared, denied, quoted, advised';
comment on column enriched.findings.spans is 'The passages that say so, half-open, in redacted_text; empty for a label';
comment on column enriched.amounts.role is 'loss, price, quoted, rate or other';
comment on column enriched.amounts.span is 'Half-open range in redacted_text';
comment on column enriched.dates.value is 'ISO 8601 cut to precision; null while relative';
comment on column enriched.dates.precision is 'day, month, year or relative';
comment on column enriched.dates.span is 'Half-open range in redacted_text';
comment on column enriched.links.link_key is 'HMAC of what was written, under the installation''s key';
comment on column enriched.parties.role is 'respondent, platform or mentioned';
comment on column enriched.parties.identity is 'licensed, named, handle (an account, or the pseudonym of a private person) or unnamed';
comment on column enriched.parties.how is 'given (a column), alias (a known name in the text), frame (a wording) or place';
comment on column enriched.parties.span is 'Half-open range in redacted_text; null when given';
comment on column enriched.merchant_names.score is '0 to 1: how sure the resolution is';
comment on column enriched.merchant_names.why is 'Which rule resolved it';
comment on column enriched.respondents.identity is 'licensed, named, handle (an account, or the pseudonym of a private person) or unnamed';
comment on column enriched.respondents.score is '0 to 1: how sure the resolution is';
comment on column enriched.respondents.why is 'Which rule chose it';
comment on column enriched.copies.similarity is '0 to 1: highest likeness to any other of the group; 1 for the same wording';
comment on column enriched.clusters.issue_axis is 'pattern, wallet, nature or topic';
comment on column enriched.clusters.complainants_certain is 'The smallest number of people that fits the data';
comment on column enriched.clusters.complainants_possible is 'Members less proven identities, and further people that members tell of or a contact reaches (further_people)';
comment on column enriched.clusters.signal_statistic is 'Value of the method''s statistic; null where expected is';
comment on column enriched.clusters.signal_lower is 'Lower bound of the ratio of observed to expected; null where expected is';
comment on column enriched.clusters.signal_observed is 'Complaints of the merchant and code on the covered days of the window, members or not; null where expected is';
comment on column enriched.clusters.signal_size is 'Size of the negative binomial behind expected: its variance is mean + mean^2 / size; null where expected is';
comment on column enriched.clusters.signal_windows is 'How many windows of this length the covered days of the merchant hold side by side; null where expected is';
comment on column enriched.clusters.signal_searched is 'Chance, 0 to 1, that some window of a quiet series of this kind is as dense: the window was chosen for being so; null where expected is';
comment on column enriched.clusters.signal_p_adj is 'signal_searched adjusted for all merchant and code series that were looked at (Benjamini-Hochberg), 0 to 1; null where expected is';
comment on column enriched.clusters.cohesion is '0 to 1: how alike the members are';
comment on column enriched.clusters.reply_share is 'Share of members whom somebody answered, 0 to 1; null when no source records replies';
comment on column enriched.clusters.discount_share is 'Share of the members that the discount reason concerns, 0 to 1';
comment on column enriched.clusters.score is 'Place in the worklist: higher first';
comment on column enriched.cluster_losses.known_count is 'People whose loss is stated in this currency';
comment on column enriched.cluster_losses.total is 'Sum of the known losses, the largest of each person';
comment on column enriched.cluster_losses.median is 'Median of the known losses';
comment on column enriched.expected_weeks.week_start is 'Monday of the week';
comment on column enriched.expected_weeks.upper is 'Count above which the week is unusual';
comment on column enriched.readings.step_version is 'Version of the reading step that wrote the row';
comment on column enriched.readings.taxonomy_version is 'Hash of the taxonomy that the row was read with';
comment on column enriched.readings.language is 'ISO 639-1 code';
comment on column enriched.readings.loss_currency is 'ISO 4217 code; null exactly where the loss is';
comment on column enriched.findings.code is 'Code of the taxonomy on that axis';
comment on column enriched.findings.score is '0 to 1: how sure the finding is';
comment on column enriched.amounts.value is 'The sum, never converted';
comment on column enriched.amounts.currency is 'ISO 4217 code';
comment on column enriched.links.kind is 'What was written: mobile, order number, URL, ...';
comment on column enriched.parties.raw is 'The name as written';
comment on column enriched.merchant_names.merchant_name is 'Name to show';
comment on column enriched.merchant_names.sector is 'Line of business; null where the taxonomy does not know it';
comment on column enriched.respondents.raw is 'The name it was resolved from; null while unnamed';
comment on column enriched.respondents.merchant_key is 'The resolved merchant: a taxonomy key, or a slug of the cleaned name; null while unnamed';
comment on column enriched.clusters.merchant_key is 'The resolved merchant: a taxonomy key, or a slug of the cleaned name; null while unnamed';
comment on column enriched.clusters.issue_code is 'Code on that axis; for a topic its first terms, joined by hyphens';
comment on column enriched.clusters.window_start is 'First event date of the group; null without dates';
comment on column enriched.clusters.window_end is 'Last event date of the group; null without dates';
comment on column enriched.clusters.complaints is 'Number of complaints';
comment on column enriched.clusters.signal_method is 'Model behind expected; null where expected is';
comment on column enriched.clusters.discount_reason is 'Why the number of people may be too high; null without a reason';
comment on column enriched.clusters.reason_zh is 'Why this is a candidate, in a Chinese sentence';
comment on column enriched.clusters.reason_en is 'Why this is a candidate, in an English sentence';
comment on column enriched.cluster_members.why is 'What put it in, or kept it out';
comment on column enriched.cluster_losses.member_count is 'Possible people of the cluster, as counted in complainants_possible';
comment on column enriched.expected_weeks.observed is 'Complaints of the merchant and code in the week';
comment on column enriched.expected_weeks.expected is 'Complaints expected one week ahead; null where it could not be modelled';
