-- Legal tiers, flags and analogues of candidates, with the rule that decides each.
-- One row per candidate and tier.
select
    candidates.candidate_id,
    law_tiers.place,
    cluster_tiers.tier_code,
    law_tiers.role,
    law_tiers.scope,
    law_tiers.label_zh,
    law_tiers.label_en,
    law_tiers.definition_zh,
    law_tiers.definition_en,
    cluster_tiers.as_of_date,
    cluster_tiers.state,
    cluster_tiers.why_zh,
    cluster_tiers.why_en,
    case
        when texts.code is not null then struct_pack(
            code := texts.code,
            name_zh := texts.label_zh,
            name_en := texts.label_en,
            article := cluster_tiers.article,
            jurisdiction := texts.jurisdiction,
            first_day := texts.first_day,
            last_day := texts.last_day,
            standing := cluster_tiers.standing
        )
    end as rule,
    case
        when older.code is not null then struct_pack(
            code := older.code,
            name_zh := older.label_zh,
            name_en := older.label_en,
            article := cluster_tiers.older_article,
            jurisdiction := older.jurisdiction,
            first_day := older.first_day,
            last_day := older.last_day,
            standing := older.standing
        )
    end as older_rule,
    cluster_tiers.notes_zh,
    cluster_tiers.notes_en,
    cluster_tiers.conditions,
    cluster_tiers.beside,
    cluster_tiers.members
from enriched.cluster_tiers
join casework.candidates using (cluster_id)
join codes.law_tiers on cluster_tiers.tier_code = law_tiers.code
left join codes.law_texts as texts on cluster_tiers.rule_code = texts.code
left join codes.law_texts as older on cluster_tiers.older_rule_code = older.code
order by
    candidates.candidate_id,
    law_tiers.place
