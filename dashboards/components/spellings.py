"""The names under which complaints mean a merchant, with what each is joined by.

In: a merchant's key. Out: a table. The reasons are those of `pipelines.respondents`, which says
them in English; here they are said in both languages.
"""

from __future__ import annotations

import streamlit as st

from dashboards.components import figures, prose
from dashboards.context import Context
from dashboards.words import Words

REASONS = {
    "a name of a known merchant": "listed",
    "holds the name of a known merchant": "holds",
    "the name as written": "written",
    "an account as written": "account",
    "judged by a person": "person",
    "a known merchant's name with a region before it": "region",
    "a company registered under the brand, and under no other": "only_company",
    "the only company named after the brand": "only_company",
    "the same registered name with or without its region": "without_region",
    "the registered name of a known merchant": "registered",
    "registered under the brand of a known merchant's companies": "brand",
    "the same letters, divided otherwise": "divided",
    "the pinyin or translation of one name only": "pinyin",
    "typed with other characters of the same sound": "sound",
    "the same name, written with and without its kind or region": "without_region",
    "the same name, its kind written short or in full": "short",
    "the same small firm, its form or branch written otherwise": "short",
    "a shop of the only firm of this brand": "shop",
    "the same words in another order": "order",
    "a place in its region": "place",
    "a named place in its city": "place",
    "a named place that was seen in one city only": "place",
    "a name, its region not given": "placeless",
    "a mask that only this name fits": "mask",
    "a slip of the pen: two letters swapped": "slip",
    "a slip of the pen: a letter doubled or single": "slip",
    "a slip of the pen: one letter": "slip",
    "the text holds a name that other complaints give": "text",
}
"""What the reasons of resolution are called in the words of the pages."""


def show_spellings(context: Context, key: str) -> None:
    """Draw the names of a merchant, the most frequent first."""
    words = context.words
    rows = context.build.rows("merchant_names", merchant_key=key)
    prose.heading(words("spellings_title"))
    if not rows:
        prose.soft(words("spellings_none"))
        return
    columns = [
        figures.Column(words("spellings_name"), is_wide=True),
        figures.Column(words("merchant_complaints"), is_number=True),
        figures.Column(words("spellings_why"), is_wide=True),
    ]
    st.html(
        figures.table(
            columns, [[row["raw"], row["complaints"], _why(words, row["why"])] for row in rows]
        )
    )
    prose.soft(words("spellings_note"))


def _why(words: Words, reason: str) -> str:
    """Say a reason of resolution in this language; one that is not known here as it is."""
    told = REASONS.get(reason)
    return reason if told is None else words(f"spelling_{told}")
