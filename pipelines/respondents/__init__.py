"""Whom complaints are about: names found, taken apart, resolved to merchants, and chosen.

In: complaints (one at a time) and all names of a corpus (at once). Out: parties, resolved
names, one respondent per complaint. Out of scope: reading anything else from a text, and
deciding which complaints belong together.
"""

from pipelines.respondents.choose import choose_respondents
from pipelines.respondents.find import find_parties
from pipelines.respondents.lexicon import Lexicon, build_lexicon
from pipelines.respondents.recognise import recognise_respondents
from pipelines.respondents.resolve import RESOLUTION_VERSION, resolve_names

__all__ = [
    "RESOLUTION_VERSION",
    "Lexicon",
    "build_lexicon",
    "choose_respondents",
    "find_parties",
    "recognise_respondents",
    "resolve_names",
]
