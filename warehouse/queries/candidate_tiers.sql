-- How a candidate stands by every tier, flag and analogue, each by itself.
-- One row per tier, in the order of the rulebook; `supporters` is how many complaints stand behind it.
select
    tier_code,
    role,
    label_zh,
    label_en,
    definition_zh,
    definition_en,
    as_of_date,
    state,
    why_zh,
    why_en,
    rule,
    older_rule,
    notes_zh,
    notes_en,
    beside,
    len(members) as supporters
from marts.candidate_tiers
where candidate_id = $candidate_id
order by place
