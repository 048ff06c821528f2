"""The errors that `flows` raises itself; those of other rooms pass through with their own words."""

from __future__ import annotations


class FlowError(Exception):
    """Something a command was asked for cannot be done; the message says what to do."""


class UsageRefusedError(FlowError):
    """An argument is not of the form that the command takes."""
