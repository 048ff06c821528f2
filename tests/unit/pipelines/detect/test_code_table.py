"""From long tables of counts to cells: sectors, totals, unknown sectors, and what is refused."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.detect.code_table import count_cells, score_cells
from pipelines.detect.disproportion import Measures
from pipelines.detect.four_fold import CountError
from pipelines.detect.gamma_mixture import DUMOUCHEL_START, GammaMixture

ROWS = [
    ("wallet_a", "wallet", "fee", 3),
    ("wallet_a", "wallet", "login", 1),
    ("wallet_b", "wallet", "fee", 10),
    ("wallet_b", "wallet", "login", 20),
    ("cards_c", "cards", "fee", 500),
    ("nobody", None, "fee", 2),
]


def long(rows: list[tuple[str, str | None, str, int]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["merchant", "sector", "code", "count"])


def cell(cells: pd.DataFrame, merchant: str, code: str) -> list[float]:
    """Give a, b, c, d of one cell."""
    found = cells[(cells["merchant"] == merchant) & (cells["code"] == code)]
    assert len(found) == 1
    return [float(value) for value in found[["a", "b", "c", "d"]].iloc[0]]


def many(merchants: int = 30, codes: int = 12, seed: int = 5) -> pd.DataFrame:
    """Draw counts of two sectors, one cell of them far too large."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson(np.outer(rng.lognormal(3, 1, merchants), rng.dirichlet(np.ones(codes))))
    counts[4, 7] += 60
    merchant, code = np.indices(counts.shape)
    return pd.DataFrame(
        {
            "merchant": [f"m{number:03}" for number in merchant.ravel()],
            "sector": np.where(merchant.ravel() % 2, "cards", "wallet"),
            "code": [f"c{number:02}" for number in code.ravel()],
            "count": counts.ravel(),
        }
    ).query("count > 0")


def test_the_background_is_the_rest_of_the_sector() -> None:
    cells = count_cells(long(ROWS))

    assert cell(cells, "wallet_a", "fee") == [3, 1, 10, 20]
    assert cell(cells, "wallet_b", "login") == [20, 10, 1, 3]


def test_a_merchant_alone_in_his_sector_has_no_background() -> None:
    cells = count_cells(long(ROWS))

    assert cell(cells, "cards_c", "fee") == [500, 0, 0, 0]


def test_a_merchant_of_no_known_sector_is_compared_with_everybody() -> None:
    cells = count_cells(long(ROWS))

    assert cell(cells, "nobody", "fee") == [2, 0, 513, 21]
    assert cells.set_index("merchant")["background"]["nobody"] == "all"
    assert set(cells.loc[cells["merchant"] != "nobody", "background"]) == {"sector"}


def test_complaints_with_several_codes_or_none_count_once() -> None:
    complaints = pd.DataFrame(
        [("wallet_a", "wallet", 3), ("wallet_b", "wallet", 40), ("wallet_c", "wallet", 100)],
        columns=["merchant", "sector", "complaints"],
    )

    cells = count_cells(long(ROWS[:4]), complaints)

    assert cell(cells, "wallet_a", "fee") == [3, 0, 10, 130]
    assert cell(cells, "wallet_b", "login") == [20, 20, 1, 102]


def test_rows_of_one_cell_add_up() -> None:
    split = [*ROWS[:3], ("wallet_b", "wallet", "login", 13), ("wallet_b", "wallet", "login", 7)]

    assert count_cells(long(split)).equals(count_cells(long(ROWS[:4])))


def test_codes_that_a_merchant_lacks_become_cells_of_zero_on_demand() -> None:
    cells = count_cells(
        long([*ROWS[:3], ("nobody", None, "login", 2), ("cards_c", "cards", "chip", 1)]),
        with_zeros=True,
    )

    assert cell(cells, "wallet_b", "login") == [0, 10, 1, 3]
    assert cell(cells, "nobody", "chip") == [0, 2, 1, 14]
    assert len(cells) == 2 * 2 + 1 + 3


def test_numbers_serve_as_names() -> None:
    table = pd.DataFrame({"merchant": [7, 7, 9], "sector": 0, "code": [1, 2, 1], "count": 4})

    cells = count_cells(table)

    assert cells["merchant"].tolist() == [7, 7, 9]
    assert cells[["a", "b", "c", "d"]].iloc[0].tolist() == [4, 4, 4, 0]


def test_an_empty_table_gives_no_cells() -> None:
    assert len(count_cells(long([]))) == 0
    assert len(score_cells(long([])).cells) == 0


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 50))
def test_the_order_of_the_rows_changes_nothing(seed: int) -> None:
    table = many(seed=seed)

    shuffled = count_cells(table.sample(frac=1, random_state=seed))

    assert shuffled.equals(count_cells(table))


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 50))
def test_every_table_of_a_sector_sums_to_its_complaints(seed: int) -> None:
    table = many(seed=seed)

    cells = count_cells(table)

    of_sector = table.groupby("sector")["count"].sum()
    sums = cells[["a", "b", "c", "d"]].sum(axis=1)
    assert sums.tolist() == cells["sector"].map(of_sector).astype(float).tolist()
    assert (cells[["a", "b", "c", "d"]] >= 0).all(axis=None)


def test_another_sector_changes_no_count_of_this_one() -> None:
    table = many()
    wallets = table[table["sector"] == "wallet"]

    together = count_cells(table)

    alone = count_cells(wallets)
    assert together[together["sector"] == "wallet"].reset_index(drop=True).equals(alone)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.drop(columns="sector"), "expected the columns"),
        (lambda table: table.assign(count=-1), "whole numbers from 0"),
        (lambda table: table.assign(count=0.5), "whole numbers from 0"),
        (lambda table: table.assign(count="many"), "whole numbers from 0"),
        (lambda table: table.assign(code=None), "code: expected a value"),
        (lambda table: table.assign(merchant="one"), "several for 'one'"),
    ],
)
def test_a_table_that_counts_nothing_is_refused(change: object, message: str) -> None:
    assert callable(change)

    with pytest.raises(CountError, match=message):
        count_cells(change(long(ROWS)))


@pytest.mark.parametrize("complaints", [[("wallet_a", "wallet", 2)], [("wallet_b", "wallet", 99)]])
def test_fewer_complaints_in_all_than_with_one_code_are_refused(
    complaints: list[tuple[str, str, int]],
) -> None:
    table = pd.DataFrame(complaints, columns=["merchant", "sector", "complaints"])

    with pytest.raises(CountError, match="complaints: expected 3 or more of merchant 'wallet_a'"):
        count_cells(long(ROWS[:2]), table)


def test_the_raised_cell_is_the_one_that_stands_out() -> None:
    scored = score_cells(many(merchants=120))

    first = scored.cells.sort_values("eb05", ascending=False).iloc[0]
    assert (first["merchant"], first["code"]) == ("m004", "c07")
    assert first.filter(like="signal_").all()


def test_scored_cells_have_every_measure_and_no_gap() -> None:
    scored = score_cells(many())

    numbers = scored.cells[[field.name for field in fields(Measures)]]
    assert not np.isnan(numbers.to_numpy()).any()
    assert (scored.cells["count"] == scored.cells["a"]).all()


def test_the_prior_is_learned_from_the_cells() -> None:
    scored = score_cells(many())

    assert scored.fit is not None
    assert scored.prior == scored.fit.prior
    assert scored.fit.cells == len(scored.cells)


def test_a_prior_that_is_given_is_kept() -> None:
    prior = GammaMixture(alpha1=3, beta1=1, alpha2=2, beta2=2, share=0.1)

    scored = score_cells(many(), prior=prior)

    assert (scored.prior, scored.fit) == (prior, None)


def test_too_few_cells_to_learn_from_say_so() -> None:
    scored = score_cells(long(ROWS))

    assert (scored.prior, scored.fit) == (DUMOUCHEL_START, None)


def test_a_merchant_without_background_is_no_signal() -> None:
    scored = score_cells(long(ROWS)).cells

    alone = scored[scored["merchant"] == "cards_c"]
    assert not alone.filter(like="signal_").any(axis=None)
