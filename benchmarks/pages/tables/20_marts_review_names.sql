-- Generated pairs of names in doubt, as many as are kept.
-- One row per pair.
select
    n::integer as place,
    '云泊商家' || n as one,
    '云泊商家' || n || '优选' as other,
    'm-' || n as one_key,
    'm-' || (n + 300) as other_key,
    'holds' as doubt,
    0.4 as score,
    10 as one_complaints,
    20 as other_complaints,
    n::integer as best_rank
from range(1, 301) as items (n)
order by place
