"""The thresholds by which complaints become a candidate.

In: `pipelines/taxonomy/candidates.yml`, where each value has its unit and its
reason. Out: one frozen `Criteria`. Out of scope: how they are applied.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from math import isfinite

import yaml

from pipelines.errors import TaxonomyError
from pipelines.grouping.corpus import Sureness


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """Thresholds of grouping; units and reasons stand beside the values in the file."""

    people_at_least: float
    code_score_at_least: float
    model_code_score_at_least: float
    share_left_at_least: float
    share_at_least_usual: float
    standing_at_least: float
    gain_at_least: float
    gain_per_doubling: float
    same_time_share: float
    same_time_inside: float
    likeness_at_least: float
    share_at_least_wide: float
    joins_at_least: float
    own_words_share: float
    text_share: float
    dates_at_least: float
    few_dated_at_most: float
    share_at_least: float
    burst_days: float
    codes_share: float
    codes_cap: float
    prior_cap: float
    prior_cap_dated: float
    share_to_recruit: float
    sure_at_least: float
    burst_gain_at_least: float
    whole_block_at_most: float
    small_merchant_at_most: float
    small_place_at_most: float
    sharers_at_least: float
    uncommon_code_share: float
    opening_words: float
    opening_share_at_most: float
    opening_complaints_at_most: float
    alike_at_least: float
    alike_with_topic_at_least: float
    alike_on_road_at_least: float
    kin_word_complaints_at_most: float
    kin_words_at_least: float
    kin_evidence_at_least: float
    kin_likeness_at_least: float
    place_share_at_most: float
    place_complaints_at_most: float
    share_to_name: float
    nature_weight: float
    telling_words_at_most: float
    discount_at_least: float
    campaign_texts_at_least: float
    campaign_days_at_most: float
    brigade_accounts_at_least: float
    brigade_days_at_most: float
    brigade_words_share: float
    brigade_pairs_share: float
    claimant_complaints_at_least: float
    claimant_merchants_at_least: float
    claimant_days_at_most: float
    claimant_share_at_least: float
    contact_people_at_most: float
    contact_complaints_at_most: float
    contact_one_merchant_share: float
    contact_days_at_most: float
    told_people_at_most: float
    near_misses_at_most: float
    near_miss_words_at_least: float
    near_miss_words_for: float
    alarms_at_most: float
    false_alarms_at_most: float
    alarm_level_at_most: float
    alarm_cooldown_days: float
    background_at_least: float

    @property
    def sureness(self) -> Sureness:
        """Give the scores from which a code counts."""
        return Sureness(of_rules=self.code_score_at_least, of_model=self.model_code_score_at_least)


@cache
def load_criteria() -> Criteria:
    """Read the criteria that this version of the project carries.

    Raises:
        TaxonomyError: a criterion is missing, unknown, no number, or lacks unit or reason.

    >>> load_criteria().people_at_least
    2.0
    """
    text = files("pipelines.taxonomy").joinpath("candidates.yml").read_text(encoding="utf-8")
    return read_criteria(text)


def read_criteria(text: str) -> Criteria:
    """Check the text of a criteria file and take its values; see `load_criteria`."""
    entries = yaml.safe_load(text)
    expected = {field.name for field in fields(Criteria)}
    if not isinstance(entries, dict) or set(entries) != expected:
        found = sorted(entries) if isinstance(entries, dict) else type(entries).__name__
        raise TaxonomyError(
            f"candidates.yml: expected the criteria {sorted(expected)}; found {found}. "
            "Add what is missing and remove what is unknown."
        )
    for name, entry in entries.items():
        if not isinstance(entry, dict) or set(entry) != {"value", "unit", "reason"}:
            raise TaxonomyError(
                f"candidates.yml, {name}: expected value, unit and reason; found {entry!r}. "
                "Add what is missing."
            )
        if type(entry["value"]) not in (int, float) or not isfinite(entry["value"]):
            raise TaxonomyError(
                f"candidates.yml, {name}: expected a number; found {entry['value']!r}. Correct it."
            )
    return Criteria(**{name: float(entry["value"]) for name, entry in entries.items()})
