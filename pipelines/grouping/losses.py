"""What the people of a group say that they lost.

In: a group and its people. Out: its rows of cluster_losses, one per currency. Out of
scope: reading sums from a text (`pipelines.extract.money`).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from pipelines.grouping.accounts import Accounts
from pipelines.grouping.tables import Row
from pipelines.grouping.titles import Group
from pipelines.people import People


def loss_rows(group: Group, people: People, possible: int, accounts: Accounts) -> Iterator[Row]:
    """Sum the stated losses by currency; of one person only the largest counts.

    `possible` is the largest number of people, those beyond the members among them.
    """
    for currency, values in _largest_by_currency(group, people, accounts).items():
        yield {
            "cluster_id": group.cluster_id,
            "currency": currency,
            "known_count": len(values),
            "member_count": possible,
            "total": sum(values, Decimal(0)),
            "median": Decimal(median(values)).quantize(Decimal("0.01")),
        }


def _largest_by_currency(
    group: Group, people: People, accounts: Accounts
) -> dict[str, list[Decimal]]:
    """Give the largest stated loss of each person who states any, by currency."""
    stated = accounts.features.select(["loss_value", "loss_currency"]).take(group.theme.rows)
    largest: dict[tuple[str, int], Decimal] = {}
    for value, currency, person in zip(
        *(column.to_pylist() for column in stated.columns),
        people.person_no.tolist(),
        strict=True,
    ):
        if value is not None and currency is not None:
            largest[currency, person] = max(largest.get((currency, person), value), value)
    by_currency: dict[str, list[Decimal]] = {}
    for (currency, _), value in sorted(largest.items()):
        by_currency.setdefault(currency, []).append(value)
    return by_currency
