"""Every word of the pages, in Chinese and English, by key.

In: `words.yml`, one entry a key with `zh` and `en`. Out: `Words`, which fills the
placeholders of a sentence. A missing key or language is an error, not a blank.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from dashboards.state import Language
from pipelines.extract.regions import region_label


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: Language

    def __call__(self, key: str, /, **values: Any) -> str:
        """Give the sentence under `key` with its placeholders filled.

        Raises:
            KeyError: there is no such key.
        """
        return load_words()[key][self.language].format(**values)

    def label(self, row: dict[str, Any]) -> str:
        """Give the label of a row that carries `label_zh` and `label_en`."""
        return str(row[f"label_{self.language}"])

    def of(self, row: dict[str, Any], name: str) -> Any:
        """Give what a row carries under a name in both languages, such as `why_zh`, `why_en`."""
        return row[f"{name}_{self.language}"]

    def reason(self, row: dict[str, Any]) -> str:
        """Give the reason of a row that carries `reason_zh` and `reason_en`."""
        return str(row[f"reason_{self.language}"])

    def region(self, name: str) -> str:
        """Give a province or state, which is stored in English, in this language."""
        return region_label(name, self.language)


@cache
def load_words() -> dict[str, dict[Language, str]]:
    """Read the table of words once."""
    text = resources.files("dashboards").joinpath("words.yml").read_text(encoding="utf-8")
    table: dict[str, dict[Language, str]] = yaml.safe_load(text)
    return table
