-- Complaints of non-public sources per alleged pattern and wallet code; counts of 1 to 4 withheld.
-- One row per axis and code: the root of the cube. No total over codes is published.
with counts as (
    select
        complaint_codes.axis as issue_axis,
        complaint_codes.code as issue_code,
        count(*)::integer as complaints
    from marts.complaint_codes
    join marts.complaints using (complaint_id)
    anti join (select source from codes.sources where is_public) using (source)
    where
        complaint_codes.is_alleged
        and complaint_codes.axis in ('pattern', 'wallet')
    group by
        complaint_codes.axis,
        complaint_codes.code
)

select
    issue_axis,
    issue_code,
    case when complaints >= 5 then complaints end as complaints,
    complaints < 5 as is_suppressed
from counts
order by
    issue_axis,
    issue_code
