"""The errors of `pipelines`. Trouble with one record is an `Issue`, not an error."""

from __future__ import annotations


class PipelineError(Exception):
    """A pure step cannot go on; the message says what was expected, found, and what to do."""


class TaxonomyError(PipelineError):
    """A taxonomy file is not as it must be; the message names file and place."""


class ModelError(PipelineError):
    """The learned model is missing, not whole, or another than its version names."""
