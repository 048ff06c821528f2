"""Surveillance as a whole: what is tested, what is raised, and what rate is stated."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from pipelines.detect.cadence import Cadence
from pipelines.detect.false_alarms import FalseAlarmTableError, load_false_alarms, read_false_alarms
from pipelines.detect.surveillance import (
    METHODS,
    CadenceRefusedError,
    Method,
    WatchSettings,
    first_incomplete,
    watch,
)
from pipelines.detect.week_tests import Verdict
from pipelines.detect.weekly import Floats

MONDAYS = Cadence(kind="week", first=16440)


def drawn(series: int = 12, weeks: int = 200, mean: float = 6.0) -> Floats:
    return np.random.default_rng(1).poisson(mean, (series, weeks)).astype(float)


@pytest.mark.parametrize("method", METHODS)
def test_each_method_finds_a_tenfold_week_and_states_a_rate(method: Method) -> None:
    count = drawn()
    count[3, -1] = 60

    watched = watch(count, MONDAYS, WatchSettings(method=method))

    assert watched.raised[3, -1]
    assert not method.startswith(("auto", "sector", "farr")) or watched.raised[:, -1].sum() == 1
    tested = ~np.isnan(watched.tests.p_value)
    assert (np.isnan(watched.false_alarm_rate) == ~tested).all()
    assert ((watched.false_alarm_rate[tested] > 0) & (watched.false_alarm_rate[tested] < 0.2)).all()


@pytest.mark.parametrize("method", METHODS)
def test_an_alarm_has_the_score_of_alpha_or_more(method: Method) -> None:
    count = drawn(mean=2.0)
    count[::2, 150:] *= 4

    watched = watch(count, MONDAYS, WatchSettings(method=method, alpha=0.01))

    tested = watched.tests.verdict == Verdict.TESTED
    assert watched.tests.alarm.any()
    assert (watched.score[watched.tests.alarm] >= 2 - 1e-9).all()
    assert (watched.score[tested & ~watched.tests.alarm] <= 2 + 1e-9).all()


def test_farrington_takes_the_years_there_are() -> None:
    tests = watch(drawn(weeks=300), MONDAYS, WatchSettings(method="farrington")).tests

    verdicts = tests.verdict[0]
    assert set(verdicts[:105].tolist()) == {int(Verdict.NO_HISTORY)}
    assert Verdict.NO_HISTORY not in verdicts[120:].tolist()
    assert tests.weeks.tolist() == list(range(300))


def test_farrington_is_refused_for_months() -> None:
    with pytest.raises(CadenceRefusedError, match="expected weekly counts"):
        watch(drawn(), Cadence(kind="month", first=480), WatchSettings(method="farrington"))


def test_a_period_that_may_still_grow_is_neither_tested_nor_learned_from() -> None:
    count = drawn(weeks=60)
    begin = MONDAYS.begin(58)
    grown = count.copy()
    grown[:, 58:] = 99

    known, other = (watch(each, MONDAYS, known_until=begin) for each in (count, grown))

    assert not other.raised[:, 58:].any()
    assert np.isnan(other.score[:, 58:]).all()
    assert known.tests.upper[:, :58] == pytest.approx(other.tests.upper[:, :58], nan_ok=True)


def test_the_last_complete_period_ends_on_the_day_itself() -> None:
    monday = MONDAYS.begin(10)

    assert first_incomplete(MONDAYS, monday) == 10
    assert first_incomplete(MONDAYS, MONDAYS.last_day(monday)) == 11
    assert first_incomplete(MONDAYS, date(1990, 1, 1)) == 0


def test_no_alarm_is_raised_within_the_cooldown_after_one() -> None:
    count = drawn(series=8, weeks=60, mean=20.0)
    count[0, 50:53] = [70, 90, 140]
    days = Cadence(kind="day", first=4)

    raised = {
        cooldown: watch(count, days, WatchSettings(cooldown_days=cooldown)).raised[0, 50:53]
        for cooldown in (0, 2, 7)
    }

    assert raised[0].sum() >= 2
    assert raised[2].tolist() == [True, False, raised[0][2]]
    assert raised[7].tolist() == [True, False, False]


def test_weekly_alarms_are_not_held_back_by_a_cooldown_of_a_week() -> None:
    count = drawn(series=8, weeks=60, mean=20.0)
    count[0, 50:52] = [70, 140]

    assert watch(count, MONDAYS).raised[0, 50:52].tolist() == [True, True]


def test_a_rate_is_stated_for_every_model_and_grows_with_alpha() -> None:
    for measured in load_false_alarms().values():
        rates = [measured.rate(alpha, np.array([1.0, 30.0, 600.0])) for alpha in (0.001, 0.01, 0.1)]
        assert (np.diff(rates, axis=0) > 0).all()
        assert ((np.array(rates) > 0) & (np.array(rates) <= 1)).all()


@pytest.mark.parametrize("text", ["", "models: {}", "models: {m: {8: {}}}", "models: {m: 3}"])
def test_a_table_of_rates_that_lacks_something_is_refused(text: str) -> None:
    with pytest.raises(FalseAlarmTableError, match="Run `make lab`"):
        read_false_alarms(text)


def test_a_rate_that_is_no_share_is_refused() -> None:
    with pytest.raises(FalseAlarmTableError, match="expected shares"):
        read_false_alarms("models: {m: {8: {0.005: {rate: 2}}}}")
