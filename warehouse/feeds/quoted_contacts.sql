-- Contacts that may be a counterparty's: quoted in texts, or given as the complainant's own.
-- One row per complaint and contact. Orders and papers belong to one person or one deal, and are none.
select distinct
    complaint_id,
    kind,
    link_key,
    false as is_own
from enriched.links
where kind in ('mobile', 'landline', 'email', 'qq', 'wechat', 'bank_card', 'url')
union all
select distinct
    complaint_id,
    kind,
    link_key,
    true as is_own
from staged.contacts
order by
    complaint_id,
    link_key
