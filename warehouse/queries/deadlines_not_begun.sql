-- Deadlines of a jurisdiction that no member of a candidate has a starting day for.
-- One row per deadline: what it is, who owes it, and the event whose day is not stored.
select
    law_deadlines.code,
    law_deadlines.label_zh,
    law_deadlines.label_en,
    law_deadlines.owed_by_zh,
    law_deadlines.owed_by_en,
    law_deadlines.starts_zh,
    law_deadlines.starts_en
from codes.law_deadlines
left join marts.candidate_deadlines
    on law_deadlines.code = candidate_deadlines.deadline_code
    and candidate_deadlines.candidate_id = $candidate_id
where
    law_deadlines.jurisdiction = $jurisdiction
    and candidate_deadlines.deadline_code is null
order by law_deadlines.place
