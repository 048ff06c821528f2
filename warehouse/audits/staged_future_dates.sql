-- Complaints dated more than a day after they were known here; the source's clock or form is doubtful. severity: warning
select
    complaint_id,
    event_date,
    known_at
from staged.complaints
where event_date > (known_at + interval 1 day)::date
