"""What can go wrong in the warehouse, named for the fact.

Every message says what was expected, what was found, and what to do. None
holds the text of a record or the name of a person.
"""

from __future__ import annotations


class WarehouseError(Exception):
    """The root of all errors of this package."""


class HomeLockedError(WarehouseError):
    """Another process is writing in the same home."""


class SchemaOutdatedError(WarehouseError):
    """The work database was made by other table definitions than these, or not to its end."""


class LoadRefusedError(WarehouseError):
    """A load does not have the shape that the loader expects; nothing was written."""


class UnknownTableError(WarehouseError):
    """A table was named that this operation may not write."""


class AuditFailedError(WarehouseError):
    """An audit of severity error found rows, so nothing was published."""


class BuildMissingError(WarehouseError):
    """There is no such published build."""


class UnknownQueryError(WarehouseError):
    """There is no such query, or it was called with other parameters than it has."""


class LedgerConflictError(WarehouseError):
    """The ledger already holds something else under the same id."""
