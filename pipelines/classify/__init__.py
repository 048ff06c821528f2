"""The second reader: a learned model that finds what no rule has the words for.

In: the words of a text. Out: how probably the text alleges a wrong, which one, and the
clauses that say so. Out of scope: the rules (`pipelines.rules`), and which finding counts
when both readers speak (`pipelines.coding`).

`examples` holds the texts that are learned from, `fitting` makes the model from them,
`model` is the model as it ships, `second_reader` reads with it.
"""

from pipelines.classify.model import MODEL_VERSION, WordModel, load_model
from pipelines.classify.second_reader import Opinion, SecondReader

__all__ = ["MODEL_VERSION", "Opinion", "SecondReader", "WordModel", "load_model"]
