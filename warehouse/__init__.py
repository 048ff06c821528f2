"""The warehouse: every table, every SQL statement, the builds and the casework ledger.

In: Arrow tables and plain rows from `flows`. Out: published builds, read
through `warehouse.read`. Out of scope: reading texts (`pipelines`) and fetching
files (`spiders`); neither is imported here.
"""
