-- Complaints whose source wrote an amount of a trillion or more; it counts as no loss. severity: warning
select
    complaint_id,
    version_no
from staged.complaints
where amount_value >= 1e12
