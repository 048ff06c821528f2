-- What the audits of this build found.
-- One row per audit, those with bad rows first.
select
    audit,
    severity,
    meaning,
    bad_rows
from meta.audits
order by
    bad_rows > 0 desc,
    severity,
    audit
