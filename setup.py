"""Compiles the modules that a text passes through, if the environment says ZHONGSU_COMPILE=1.

Without it (and in every editable install) the package is plain Python; the compiled one
gives the same results in about half the time. See docs/decisions/0009.
"""

import os
import sys
from pathlib import Path

from setuptools import setup

READING = (
    "pipelines/coding.py",
    "pipelines/kind.py",
    "pipelines/labels.py",
    "pipelines/language.py",
    "pipelines/matching.py",
    "pipelines/negation.py",
    "pipelines/normalise.py",
    "pipelines/reading.py",
    "pipelines/reading_tables.py",
    "pipelines/records.py",
    "pipelines/redact.py",
    "pipelines/rule_compiler.py",
    "pipelines/rules.py",
    "pipelines/segment.py",
    "pipelines/stance.py",
    "pipelines/wallet_reach.py",
    "pipelines/word_search.py",
    "pipelines/classify/model.py",
    "pipelines/classify/second_reader.py",
    "pipelines/extract/*.py",
    "pipelines/respondents/choose.py",
    "pipelines/respondents/find.py",
    "pipelines/respondents/lexicon.py",
    "pipelines/respondents/place_finder.py",
    "pipelines/respondents/private_persons.py",
    "pipelines/respondents/topic.py",
)
"""Where a text's time goes; patterns of files. What only numpy or SQL works in gains nothing."""


def _extensions() -> list[object]:
    """Give what is to be compiled; a question for the metadata alone needs none of it."""
    if os.environ.get("ZHONGSU_COMPILE") != "1" or "bdist_wheel" not in sys.argv:
        return []
    from mypyc.build import mypycify

    files = [str(file) for pattern in READING for file in sorted(Path().glob(pattern))]
    return mypycify(["--config-file", "pyproject.toml", *files], opt_level="2")


setup(ext_modules=_extensions())
