"""The second reader: a learned model that weighs all words of a text and what the rules say.

In: the words of a text and the hints of the rules. Out: how probable every code, kind
and outcome is, and the clauses that say so. Out of scope: the rules (`pipelines.rules`), and which
finding counts in the end (`pipelines.coding`).

`examples` holds the texts that are learned from, `truth` what people read in texts, `fitting`
makes the model from both, `model` is the model as it ships, `second_reader` reads with it.
"""

from pipelines.classify.model import MODEL_VERSION, Hints, TextModel, check_model, load_model
from pipelines.classify.second_reader import Clauses, Opinion, SecondReader

__all__ = [
    "MODEL_VERSION",
    "Clauses",
    "Hints",
    "Opinion",
    "SecondReader",
    "TextModel",
    "check_model",
    "load_model",
]
