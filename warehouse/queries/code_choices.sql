-- The codes of some axes that a person may choose from.
-- One row per axis and code, in order of axis and code.
select
    axis,
    code,
    label_zh,
    label_en
from codes.entries
where
    not is_retired
    and list_contains($axes, axis)
order by
    axis,
    code
