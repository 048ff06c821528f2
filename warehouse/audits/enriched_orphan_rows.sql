-- Rows of what was read whose complaint has no reading. severity: error
with rows as (
    select complaint_id, 'findings' as place from enriched.findings
    union all
    select complaint_id, 'amounts' as place from enriched.amounts
    union all
    select complaint_id, 'dates' as place from enriched.dates
    union all
    select complaint_id, 'links' as place from enriched.links
    union all
    select complaint_id, 'parties' as place from enriched.parties
    union all
    select complaint_id, 'respondents' as place from enriched.respondents
    union all
    select complaint_id, 'copies' as place from enriched.copies
    union all
    select complaint_id, 'cluster_members' as place from enriched.cluster_members
)

select
    rows.place,
    rows.complaint_id
from rows
anti join enriched.readings using (complaint_id)
