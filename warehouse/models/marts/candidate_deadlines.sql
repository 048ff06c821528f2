-- Deadlines of candidates that had begun, with the rule that decides each.
-- One row per candidate, deadline, complaint and start.
select
    candidates.candidate_id,
    cluster_deadlines.deadline_code,
    law_deadlines.kind,
    law_deadlines.label_zh,
    law_deadlines.label_en,
    cluster_deadlines.complaint_id,
    cluster_deadlines.as_of_date,
    cluster_deadlines.state,
    cluster_deadlines.owed_by_zh,
    cluster_deadlines.owed_by_en,
    cluster_deadlines.amount,
    cluster_deadlines.unit,
    cluster_deadlines.calendar,
    cluster_deadlines.start_date,
    cluster_deadlines.due_date,
    cluster_deadlines.due_not_before_date,
    cluster_deadlines.due_not_after_date,
    cluster_deadlines.due_by_older_rule_date,
    cluster_deadlines.done_date,
    cluster_deadlines.is_done,
    cluster_deadlines.days_left,
    cluster_deadlines.days_over,
    cluster_deadlines.elapsed_days,
    cluster_deadlines.elapsed_working_days,
    case
        when texts.code is not null then struct_pack(
            code := texts.code,
            name_zh := texts.label_zh,
            name_en := texts.label_en,
            article := cluster_deadlines.article,
            jurisdiction := texts.jurisdiction,
            first_day := texts.first_day,
            last_day := texts.last_day,
            standing := cluster_deadlines.standing
        )
    end as rule,
    case
        when older.code is not null then struct_pack(
            code := older.code,
            name_zh := older.label_zh,
            name_en := older.label_en,
            article := cluster_deadlines.older_article,
            jurisdiction := older.jurisdiction,
            first_day := older.first_day,
            last_day := older.last_day,
            standing := older.standing
        )
    end as older_rule,
    cluster_deadlines.notes_zh,
    cluster_deadlines.notes_en,
    cluster_deadlines.span
from enriched.cluster_deadlines
join casework.candidates using (cluster_id)
join codes.law_deadlines on cluster_deadlines.deadline_code = law_deadlines.code
left join codes.law_texts as texts on cluster_deadlines.rule_code = texts.code
left join codes.law_texts as older on cluster_deadlines.older_rule_code = older.code
order by
    candidates.candidate_id,
    cluster_deadlines.due_date nulls last,
    cluster_deadlines.deadline_code,
    cluster_deadlines.complaint_id,
    cluster_deadlines.start_date
