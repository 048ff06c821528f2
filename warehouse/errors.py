"""What can go wrong in the warehouse, named for the fact.

Every message says what was expected, what was found, and what to do. None
holds the text of a record or the name of a person.
"""

from __future__ import annotations


class WarehouseError(Exception):
    """The root of all errors of this package."""


class HomeUnusableError(WarehouseError):
    """A folder or file of the home cannot be made, or not be made private."""


class SecretKeyError(WarehouseError):
    """The installation's key is gone or is not whole."""


class HomeLockedError(WarehouseError):
    """Another process is writing in the same home."""


class SchemaOutdatedError(WarehouseError):
    """The work database was made by other table definitions than these, or not to its end."""


class DecisionRefusedError(WarehouseError):
    """A decision names something that is not there, or makes no sense; nothing was written."""


class LoadRefusedError(WarehouseError):
    """A load does not have the shape that the loader expects; nothing was written."""


class UnknownTableError(WarehouseError):
    """A table was named that this operation may not write."""


class AuditFailedError(WarehouseError):
    """An audit of severity error found rows, so nothing was published."""


class BuildMissingError(WarehouseError):
    """There is no such published build."""


class BuildOutdatedError(WarehouseError):
    """A build was made by another version of this package, and lacks what a query asks for."""


class BuildDamagedError(WarehouseError):
    """A file of a published build is there but cannot be opened."""


class UnknownQueryError(WarehouseError):
    """There is no such query, or it was called with other parameters than it has."""


class LedgerDamagedError(WarehouseError):
    """The file of the ledger is no sound database."""


class LedgerConflictError(WarehouseError):
    """The ledger already holds something else under the same id."""
