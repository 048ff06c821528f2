"""Our reading against the three baselines, on the same texts.

In: labelled texts with what we found and what a baseline says. Out: by how much we are better,
with the interval of the difference (the texts are resampled in pairs). Out of scope: the
baselines themselves (`keywords`, `linear`, `nearest`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipelines.taxonomy import Taxonomy
from tests.eval.coded import axis_counts
from tests.eval.keywords import KeywordReader
from tests.eval.labels import Label
from tests.eval.lessons import Baseline, example_lessons, labelled_lessons, wording_of
from tests.eval.linear import LinearReader
from tests.eval.measures import Estimate, f1_gain, score, share, share_gain
from tests.eval.nearest import NearestReader
from tests.eval.predictions import Prediction
from tests.eval.sample import SCOPES, Item
from tests.eval.texts import Text

Rivals = dict[str, list[Item]]
"""By baseline, the labelled texts with what it says in the place of what we found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bout:
    """One figure, ours and a baseline's: `gain` is the difference of the two."""

    figure: str
    baseline: str
    ours: float | None
    theirs: float | None
    gain: Estimate

    @property
    def is_above(self) -> bool:
        """Say whether we are above by more than the interval: all of it lies above zero."""
        return self.gain.low is not None and self.gain.low > 0


def learn(
    labels: Sequence[Label], texts: Mapping[str, Text], taxonomy: Taxonomy
) -> dict[str, Baseline]:
    """Set the baselines up with the labelled texts that may be learned from."""
    labelled = labelled_lessons(labels, [texts[label.text_id] for label in labels])
    examples = example_lessons(taxonomy)
    return {
        "keywords": KeywordReader(taxonomy, labelled, examples),
        "TF-IDF, linear": LinearReader(labelled, examples),
        "nearest text": NearestReader(labelled, examples),
    }


def read_by(
    baselines: Mapping[str, Baseline], items: Sequence[Item], learned: Sequence[Label]
) -> Rivals:
    """Let the baselines read texts; one that they learned from is judged by the others."""
    place = {label.text_id: number for number, label in enumerate(learned)}
    new = [item for item in items if item.label.text_id not in place]
    rivals: Rivals = {}
    for name, baseline in baselines.items():
        known = baseline.of_labelled()
        unknown = iter(baseline.of_new([wording_of(item.text) for item in new]))
        rivals[name] = [
            _instead(
                item,
                known[place[item.label.text_id]] if item.label.text_id in place else next(unknown),
            )
            for item in items
        ]
    return rivals


def bouts(items: Sequence[Item], rivals: Rivals) -> list[Bout]:
    """Compare ours with every baseline on patterns, natures, wallet issues and kind."""
    return [
        bout
        for name, theirs in rivals.items()
        for bout in (*_code_bouts(name, items, theirs), _kind_bout(name, items, theirs))
    ]


def _code_bouts(name: str, items: Sequence[Item], theirs: Sequence[Item]) -> list[Bout]:
    result = []
    for scope in SCOPES:
        mine, others = (
            axis_counts([item for item in one if scope.holds(item)], scope.axis)
            for one in (items, theirs)
        )
        if not mine:
            continue
        result.append(
            Bout(
                figure=scope.name,
                baseline=name,
                ours=score(mine).f1.value,
                theirs=score(others).f1.value,
                gain=f1_gain(mine, others),
            )
        )
    return result


def _kind_bout(name: str, items: Sequence[Item], theirs: Sequence[Item]) -> Bout:
    mine, others = (
        [item.label.row.kind == item.found.kind for item in one] for one in (items, theirs)
    )
    return Bout(
        figure="kind",
        baseline=name,
        ours=share(mine).value,
        theirs=share(others).value,
        gain=share_gain(mine, others),
    )


def _instead(item: Item, prediction: Prediction) -> Item:
    return replace(item, found=prediction)
