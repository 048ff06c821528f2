-- The newest complete week with its alarms and their budget.
-- One row, or none where no week is covered.
select
    week_start,
    method,
    series_tested,
    level,
    false_alarm_rate,
    expected_false,
    budget,
    alarms,
    least(alarms, budget) as alarms_within_budget
from enriched.alarm_weeks
