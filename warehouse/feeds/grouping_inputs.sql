-- What grouping needs to know of the complaints that were read, from one id up to another.
-- One row per complaint.
with codes as (
    select
        complaint_id,
        -- Sorted afterwards: sorting inside the aggregate takes six times as long.
        list_sort(
            list(struct_pack(axis := axis, code := code, score := score, origin := origin))
            filter (where axis in ('pattern', 'wallet', 'nature'))
        ) as codes,
        list_sort(list(code) filter (where axis = 'evidence')) as evidence,
        bool_or(axis = 'demand' and code = 'compensation') as asks_compensation
    from enriched.believed_findings() as findings
    where
        is_alleged
        and complaint_id >= $first_id
        and complaint_id < $end_id
    group by complaint_id
),

link_rows as (
    select
        complaint_id,
        link_key
    from enriched.links
    -- An order or identity card is the complainant's own; a number in the text may be anybody's.
    where
        kind in ('order', 'id_card')
        and complaint_id >= $first_id
        and complaint_id < $end_id
    union
    select
        complaint_id,
        link_key
    from staged.contacts
    -- Names and addresses are shared by many: only what one person holds proves who it is.
    where
        kind in (
            'mobile',
            'landline',
            'email',
            'qq',
            'wechat',
            'id_card',
            'bank_card',
            'openid',
            'payer_id'
        )
        and complaint_id >= $first_id
        and complaint_id < $end_id
),

links as (
    select
        complaint_id,
        list_sort(list(link_key)) as link_keys
    from link_rows
    group by complaint_id
),

places as (
    select
        parties.complaint_id,
        list(distinct coalesce(merchant_names.merchant_name, parties.raw)) as places
    from enriched.parties
    left join enriched.merchant_names using (raw)
    where
        parties.how = 'place'
        -- pipelines.respondents.descriptions: 脱离平台 is neither a name nor a place.
        and merchant_names.why is distinct from 'describes somebody without naming him'
        and parties.complaint_id >= $first_id
        and parties.complaint_id < $end_id
    group by parties.complaint_id
)

select
    readings.complaint_id,
    complaints.source,
    complaints.author_key,
    complaints.event_date,
    respondents.merchant_key,
    respondents.merchant_name,
    respondents.sector,
    coalesce(respondents.identity, 'unnamed') as identity,
    readings.region,
    coalesce(corrected_readings.kind, readings.kind) as kind,
    readings.language,
    coalesce(corrected_readings.outcome, readings.outcome) as outcome,
    readings.loss_value,
    readings.loss_currency,
    readings.tokens,
    readings.text_hash,
    readings.signature,
    coalesce(codes.codes, []) as codes,
    coalesce(codes.evidence, []) as evidence,
    coalesce(links.link_keys, []) as link_keys,
    coalesce(codes.asks_compensation, false) as asks_compensation,
    list_sort(coalesce(places.places, [])) as places,
    complaints.has_replies,
    case
        when trim(complaints.text) = '' then concat_ws(
            '|',
            complaints.product,
            complaints.sub_product,
            complaints.issue,
            complaints.sub_issue
        )
        else ''
    end as label_text
from enriched.readings
left join enriched.corrected_readings using (complaint_id)
join staged.complaints using (complaint_id)
left join enriched.respondents using (complaint_id)
left join codes using (complaint_id)
left join links using (complaint_id)
left join places using (complaint_id)
where
    readings.complaint_id >= $first_id
    and readings.complaint_id < $end_id
order by readings.complaint_id
