-- The newest seven covered days with their alarms and the budget.
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
    alarms_lasting,
    least(alarms, budget) as alarms_within_budget
from enriched.alarm_weeks
