-- Deadlines whose state, days and dates do not fit together. severity: error
-- Running means not yet due, overdue and lapsed mean past the last day; what is done was begun.
select
    cluster_id,
    deadline_code,
    complaint_id,
    state,
    as_of_date,
    start_date,
    due_date,
    done_date,
    days_left,
    days_over
from enriched.cluster_deadlines
where
    (state = 'running' and coalesce(due_date, due_not_before_date) < as_of_date)
    or (state in ('overdue', 'lapsed') and (due_date is null or due_date >= as_of_date))
    or (state = 'overdue' and is_done)
    or days_left is distinct from case when state = 'running' then due_date - as_of_date end
    or days_over < 0
    or done_date > as_of_date
    or (done_date is not null and not is_done)
    or (state <> 'unknown' and start_date is null)
