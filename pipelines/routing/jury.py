"""The vote of a platform's jury ("小法庭"), and whether it leaves an appeal open.

In: a text, or a count of votes. Out: the votes, and yes or no. Out of scope: what a jury
decides. The rule is data: `jury` in `pipelines/taxonomy/routing.yml`.
"""

from __future__ import annotations

import re

from pipelines.routing.rulebook import Jury

_NAMED = re.compile(r"小法庭|众裁|评审团|陪审|大众评审|small court|jury|juror")
_VOTES = re.compile(
    r"(?<![\d:：.])(\d{1,2})\s*(?:票)?\s*(?:[:：比-]|to)\s*(\d{1,2})(?!\d|\s*[:：])"
)
_BY_ONE = re.compile(
    r"[一1]票之差|差了?[一1]票|多出?[一1]票|多了[一1]票|少了?[一1]票|by (?:one|a single) vote"
)
_REACH = 80


def may_appeal(winner: int, loser: int, jury: Jury) -> bool:
    """Say whether who lost by these votes may go on to customer service.

    False too for votes that such a jury cannot give.

    >>> jury = Jury(jurors=17, votes_to_win=9, appeal_below_margin=4)
    >>> [may_appeal(9, other, jury) for other in (8, 6, 5, 0)]
    [True, True, False, False]
    """
    return (
        winner == jury.votes_to_win
        and 0 <= loser < winner
        and winner + loser <= jury.jurors
        and winner - loser < jury.appeal_below_margin
    )


def leaves_appeal(text: str, jury: Jury) -> bool:
    """Say whether a lower-case text tells of a jury's vote that leaves an appeal open.

    >>> jury = Jury(jurors=17, votes_to_win=9, appeal_below_margin=4)
    >>> leaves_appeal("小法庭9:7判卖家赢", jury), leaves_appeal("小法庭9:2判卖家赢", jury)
    (True, False)
    """
    for named in _NAMED.finditer(text):
        near = text[max(0, named.start() - _REACH) : named.end() + _REACH]
        if _BY_ONE.search(near):
            return True
        for votes in _VOTES.finditer(near):
            low, high = sorted(map(int, votes.groups()))
            if may_appeal(high, low, jury):
                return True
    return False
