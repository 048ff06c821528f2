"""The codes that a source's own labels stand for, by a table that people maintain.

In: the labels of one complaint (product, sub_product, issue, sub_issue), as its source
wrote them. Out: the codes they stand for, or that they stand for none on purpose, or that
no table decides them. Out of scope: reading the tables (`pipelines.taxonomy`) and what the
text says (`pipelines.coding`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pipelines.records import Axis

Code = tuple[Axis, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelDecision:
    """What a label stands for. `none_because` is set where it stands for no code, on purpose."""

    codes: tuple[Code, ...] = ()
    none_because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductGroup:
    """Products that are treated alike. A named sub-product decides before its product."""

    products: frozenset[str]
    sub_products: frozenset[str]

    def holds(self, product: str, sub_product: str) -> bool:
        """Say whether a product, in folded spelling, belongs to the group."""
        return sub_product in self.sub_products or (not sub_product and product in self.products)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelEntry:
    """The decision on some issues, refined by sub-issue; `group` None: for every product."""

    issues: tuple[str, ...]
    group: ProductGroup | None
    decision: LabelDecision
    by_sub_issue: Mapping[str, LabelDecision] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelTable:
    """The translation of one source's labels; all its labels are in folded spelling."""

    source: str
    entries: Mapping[str, tuple[LabelEntry, ...]]
    groups: Mapping[str, ProductGroup] = field(default_factory=dict)

    @property
    def codes(self) -> frozenset[Code]:
        """Every code that the table gives."""
        return frozenset(
            code
            for entries in self.entries.values()
            for entry in entries
            for decision in (entry.decision, *entry.by_sub_issue.values())
            for code in decision.codes
        )

    def decide(self, labels: Mapping[str, str]) -> LabelDecision | None:
        """Decide one complaint by its labels; None when no entry fits its issue.

        The first entry of the issue that fits the product decides, refined by the
        sub-issue where the entry lists it.
        """
        product, sub_product, issue, sub_issue = (
            fold_label(labels.get(column) or "") for column in LABEL_COLUMNS
        )
        for entry in self.entries.get(issue, ()):
            if entry.group is None or entry.group.holds(product, sub_product):
                return entry.by_sub_issue.get(sub_issue, entry.decision)
        return None

    def is_about(self, group: str, labels: Mapping[str, str]) -> bool:
        """Say whether the product of a complaint belongs to a group that the table declares."""
        product, sub_product = (
            fold_label(labels.get(column) or "") for column in LABEL_COLUMNS[:2]
        )
        return group in self.groups and self.groups[group].holds(product, sub_product)


LABEL_COLUMNS = ("product", "sub_product", "issue", "sub_issue")


def fold_label(label: str) -> str:
    r"""Give the spelling in which labels are compared.

    Letter case, backslashes before quotes, curly apostrophes and runs of blanks differ
    between the years of one source and mean nothing.

    >>> fold_label(r"Can\'t  Repay my loan") == fold_label("Can’t repay my loan")
    True
    """
    plain = label.replace("\\", "").replace("’", "'").replace("‘", "'")
    return " ".join(plain.split()).casefold()


def label_table(
    source: str, entries: Iterable[LabelEntry], groups: Mapping[str, ProductGroup]
) -> LabelTable:
    """Index entries by issue, keeping their order, which decides between them."""
    by_issue: dict[str, tuple[LabelEntry, ...]] = {}
    for entry in entries:
        for issue in _folded(entry.issues):
            by_issue[issue] = (*by_issue.get(issue, ()), entry)
    return LabelTable(source=source, entries=by_issue, groups=groups)


def product_group(products: Iterable[str], sub_products: Iterable[str]) -> ProductGroup:
    """Make a group of products from labels in any spelling."""
    return ProductGroup(
        products=frozenset(_folded(products)), sub_products=frozenset(_folded(sub_products))
    )


def _folded(labels: Iterable[str]) -> Iterator[str]:
    return map(fold_label, labels)
