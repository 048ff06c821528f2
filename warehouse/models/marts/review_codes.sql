-- Codes that the machine alleges and is not sure of, those that decide the highest candidate first.
-- One row per complaint and code; of texts that are written alike only the first is asked about.
with thresholds as (
    select
        axis,
        is_chinese,
        max(threshold) filter (where origin = 'rule') as seconded,
        max(threshold) filter (where origin = 'model') as alone
    from enriched.reading_thresholds
    group by
        axis,
        is_chinese
),

weighed as (
    select
        findings.complaint_id,
        findings.axis,
        findings.code,
        findings.score,
        findings.spans,
        readings.text_hash,
        case
            -- Named only because a nature was wanted and no other was likelier.
            when findings.score < thresholds.seconded then 'likeliest'
            when findings.origin = 'rule' and findings.score < thresholds.alone then 'readers_differ'
            when findings.origin = 'model' and findings.score < thresholds.alone + 0.1 then 'near_threshold'
        end as doubt
    from enriched.believed_findings() as findings
    join enriched.readings using (complaint_id)
    left join enriched.corrected_readings using (complaint_id)
    join thresholds
        on findings.axis = thresholds.axis
        and thresholds.is_chinese = (readings.language = 'zh')
    where
        findings.is_alleged
        and findings.origin in ('rule', 'model')
        and coalesce(corrected_readings.kind, readings.kind) = 'complaint'
),

placed as (
    select
        weighed.complaint_id,
        weighed.axis,
        weighed.code,
        weighed.score,
        weighed.spans,
        weighed.doubt,
        candidates.candidate_id,
        candidates.rank as candidate_rank,
        coalesce(
            candidates.issue_axis = weighed.axis and candidates.issue_code = weighed.code, false
        ) as is_of_candidate
    from weighed
    left join marts.candidate_members
        on weighed.complaint_id = candidate_members.complaint_id
        and candidate_members.is_member
    left join marts.candidates using (candidate_id)
    where
        weighed.doubt is not null
        and (
            weighed.axis in ('pattern', 'wallet')
            or (candidates.issue_axis = weighed.axis and candidates.issue_code = weighed.code)
        )
    qualify
        row_number() over (
            partition by
                weighed.text_hash,
                weighed.axis,
                weighed.code
            order by
                candidates.rank nulls last,
                weighed.complaint_id
        ) = 1
),

-- So that a large candidate leaves room for others.
spread as (
    select
        placed.*,
        row_number() over (
            partition by
                candidate_id,
                is_of_candidate
            order by
                score,
                complaint_id,
                axis,
                code
        ) as turn
    from placed
)

select
    row_number() over (
        order by
            is_of_candidate desc,
            candidate_rank nulls last,
            score,
            complaint_id,
            axis,
            code
    )::integer as place,
    complaint_id,
    axis,
    code,
    score,
    doubt,
    candidate_id,
    candidate_rank,
    is_of_candidate,
    spans
from spread
where candidate_id is null or turn <= 5
order by place
limit 300
