-- The deadlines of a candidate that had begun, those that run first, the nearest of each told.
-- One row per deadline, rule, length and state: how many members it is so for, and the dates, days
-- and notes of the one that is due first.
with counted as (
    select
        deadline_code,
        kind,
        label_zh,
        label_en,
        owed_by_zh,
        owed_by_en,
        amount,
        unit,
        rule,
        older_rule,
        as_of_date,
        state,
        is_done,
        count(*) as clocks,
        arg_min(
            struct_pack(
                start_date := start_date,
                due_date := due_date,
                due_not_before_date := due_not_before_date,
                due_not_after_date := due_not_after_date,
                due_by_older_rule_date := due_by_older_rule_date,
                days_left := days_left,
                days_over := days_over,
                elapsed_days := elapsed_days,
                elapsed_working_days := elapsed_working_days,
                notes_zh := notes_zh,
                notes_en := notes_en
            ),
            struct_pack(
                due_date := coalesce(
                    due_date,
                    due_not_before_date,
                    due_not_after_date,
                    '9999-12-31'::date
                ),
                complaint_id := coalesce(complaint_id, '')
            )
        ) as first_due
    from marts.candidate_deadlines
    where candidate_id = $candidate_id
    group by all
),

placed as (
    select
        *,
        list_position(
            ['running', 'overdue', 'unknown', 'lapsed', 'met_late', 'met'],
            state
        ) as urgency
    from counted
)

select * exclude (urgency)
from placed
order by
    min(urgency) over (partition by deadline_code),
    min(first_due.due_date) over (partition by deadline_code) nulls last,
    deadline_code,
    owed_by_en,
    amount,
    unit,
    rule.code,
    urgency,
    is_done
