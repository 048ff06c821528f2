-- Columns of a published file that are private, unmarked, or not public in the public file. severity: error
with roles as (
    select any_value(role) as role
    from meta.builds
),

columns as (
    select
        columns.schema_name,
        columns.table_name,
        columns.column_name,
        coalesce(
            nullif(regexp_extract(columns.comment, '\[sensitivity: (\w+)\]', 1), ''),
            nullif(regexp_extract(tables.comment, '\[sensitivity: (\w+)\]', 1), ''),
            'unmarked'
        ) as sensitivity
    from duckdb_columns() as columns
    join duckdb_tables() as tables using (database_name, schema_name, table_name)
    where columns.database_name = current_database()
)

select
    columns.schema_name,
    columns.table_name,
    columns.column_name,
    columns.sensitivity
from columns, roles
where
    columns.sensitivity not in ('internal', 'public')
    or (roles.role = 'public' and columns.sensitivity <> 'public')
    or columns.column_name in ('author', 'author_key', 'link_key', 'text', 'title', 'url', 'extra')
