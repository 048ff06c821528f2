"""Simulated complaints with a known truth: what `zhongsu simulate` writes.

In: a seed and rates (CONTRACT section 7). Out: `posts.jsonl` and `truth.json`. Out of
scope: reading them; nothing here knows the project's rules.
"""

from __future__ import annotations

from flows.simulate.parameters import (
    Range,
    SimulationError,
    SimulationParams,
    SimulationSummary,
)
from flows.simulate.simulation import simulate

__all__ = ["Range", "SimulationError", "SimulationParams", "SimulationSummary", "simulate"]
