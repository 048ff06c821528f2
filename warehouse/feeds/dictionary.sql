-- Every table and column with its comment and effective sensitivity.
-- One row per column, in order of definition.
select
    tables.schema_name,
    tables.table_name,
    tables.comment as table_comment,
    columns.column_name,
    columns.data_type,
    not columns.is_nullable as is_required,
    columns.comment as column_comment,
    coalesce(
        nullif(regexp_extract(columns.comment, '\[sensitivity: (\w+)\]', 1), ''),
        nullif(regexp_extract(tables.comment, '\[sensitivity: (\w+)\]', 1), '')
    ) as sensitivity
from duckdb_tables() as tables
join duckdb_columns() as columns using (schema_name, table_name)
order by
    min(tables.table_oid) over (partition by tables.schema_name),
    tables.table_oid,
    columns.column_index
