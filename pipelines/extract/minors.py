"""Whether a child's own act is disputed.

In: a normalised text and its sentences. Out: yes or no. Out of scope: the child's age.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.records import Span

_CHILD = re.compile(
    r"未成年|孩子|小孩|儿子|女儿|小朋友|外甥|侄子|小学生|初中生|(?<!\d)(?:[5-9]|1[0-7])岁"
    r"|\b(?:minor|underage|child|kid|son|daughter|(?:[5-9]|1[0-7])[ -]years?[ -]old)\b"
)
_HINT = re.compile(
    "未成年|孩子|小孩|儿子|女儿|小朋友|外甥|侄子|小学生|初中生|岁|minor|underage|child|kid|son|daughter|year"
)
_ACT = re.compile(
    r"充值|打赏|刷礼物|消费|购买|买了|转账|付款|支付|下单|花了|花掉|扣费|扣款|刷了|误点|误操作"
    r"|\b(?:spent|bought|purchas\w+|charged|tipped|donated|topped up|paid|made a payment)\b"
)
_FOR_A_CHILD = re.compile(r"(?:给|为|帮|替|带)(?:我|了|自己)?(?:的|家)?(?:孩子|小孩|儿子|女儿)")


def is_childs_act(text: str, sentences: Sequence[Span]) -> bool:
    """Say whether a sentence tells of a child who paid, bought or tipped.

    >>> text = "9岁的女儿偷偷给主播打赏了三千元。给孩子买了书。"
    >>> is_childs_act(text, [Span(0, 17)]), is_childs_act(text, [Span(17, 24)])
    (True, False)
    """
    if _HINT.search(text) is None or _CHILD.search(text) is None:
        return False
    return any(_tells_of_child(text[start:end]) for start, end in sentences)


def _tells_of_child(sentence: str) -> bool:
    """Look for a child and an act in one sentence, unless the act is done for the child."""
    child = _CHILD.search(sentence)
    if child is None or _FOR_A_CHILD.search(sentence):
        return False
    return _ACT.search(sentence) is not None
