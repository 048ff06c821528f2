"""How a matter ended, where the record itself says more of it than the text does.

In: the outcome as the text tells it, the state that the source gives, and the record's own
replies. Out: the outcome. Out of scope: how the text says it ended (`pipelines.kind`,
`pipelines.coding`), and what the other side answered (`pipelines.hearing`).

The complainant has the last word: what they write last, if it says plainly that the matter is
settled or is not. Else a state of the source that names an end counts; one that names none
counts only where the text tells no outcome, since sources seldom keep it up to date. What the
other side claims ends nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.normalise import normalise
from pipelines.records import GivenReply, Outcome

_STATES: dict[Outcome, frozenset[str]] = {
    "resolved": frozenset(
        {
            "resolved", "solved", "settled", "completed", "complete", "refunded", "已解决", "解决",
            "已完成", "完成", "已退款", "已和解", "已妥善解决", "投诉完成", "投诉已完成",
            "投诉已解决",
        }
    ),
    "rejected": frozenset(
        {
            "rejected", "denied", "dismissed", "refused", "驳回", "已驳回", "不予受理", "已拒绝",
            "投诉驳回",
        }
    ),
    "pending": frozenset(
        {
            "pending", "in progress", "processing", "under review", "in review", "处理中", "待处理",
            "审核中", "待审核", "已受理", "受理中", "调解中",
        }
    ),
    "unresolved": frozenset({"unresolved", "not resolved", "未解决", "未处理"}),
}  # fmt: skip
"""States as sources write them, whole. "Closed" and "replied" name no outcome."""

_ENDS: tuple[Outcome, ...] = ("resolved", "rejected")
"""The outcomes that end a matter, the one that counts more first."""

_LONGEST_STATE = 40

_CLAUSE_BREAK = re.compile(r"[,。.!?;:\n]+|但是?|可是|不过|然而|\b(?:but|however|although)\b")
_THING = (
    "退款|退费|退的|款项?|钱|赔偿|赔付|补偿|押金|定金|余额|本金|货|商品|补发|换新|红包|\\d(?:元|块)"
)
_SETTLED = re.compile(
    f"(?:收到|拿到|到手)[^,]{{0,12}}?(?:{_THING})|(?:{_THING})[^,]{{0,12}}?(?:收到|拿到|到手|到账|到了)"
    "|退(?:回来|给我)|全(?:额|部)退|全退|(?:已经?|都|给我)退(?:款|了|还|钱|费)|退款成功"
    "|(?:已经?|得到|圆满|妥善|顺利)解决|解决了|处理(?:好|完)了|(?:达成|已)和解|和解了"
    "|撤诉|撤销投诉|撤回投诉|已(?:经)?恢复|解封了|已(?:经)?解封"
    r"|\b(?:got|received|have|had) (?:\w+ ){0,4}(?:refund|money|payment|replacement|compensation)\b"
    r"|\b(?:refund|money|payment|replacement|compensation)s? (?:\w+ ){0,4}"
    r"(?:received|arrived|came|back|returned|in my account|gone through|went through)\b"
    r"|\b(?:refunded|reimbursed|paid back|paid me back|gave me my money back|given my money back)\b"
    r"|\b(?:resolved|sorted|solved|settled|fixed|unlocked|restored)\b"
)
_NOT_YET = re.compile(
    "没|未|不(?!好意思|错|客气|用谢|再追究)|无法|尚|仍|依然|只|仅|一半|部分|差额?"
    r"|\b(?:not|never|no|nothing|none|nobody|still|yet|only|half|part|partly|partial|partially"
    r"|unresolved|unsolved|without|refused|refuses|\w+n't)\b"
)
_LEFT_OPEN = re.compile(
    f"(?:收到|到账|解决|处理|回复|联系|{_THING})"
    r"|\b(?:refund|money|payment|replacement|heard|received|arrived|waiting|nothing|resolved)"
)
"""What a complainant may say is missing."""

_SUPPOSED = re.compile(
    "希望|(?<!申)请|要求|如果|若|要是|何时|什么时候|多久|才能|才会|吗|是否|会不会|应该|应当|必须"
    r"|\b(?:if|whether|until|unless|once|hope|want|please|should|must|may|might|could|where|how)\b"
)
_AWAITED = re.compile(
    "等(?!了)|[称说]|承诺|答应|再(?!次感谢|追究)|骗|将|准备"
    r"|\b(?:when|need|wait\w*|expect\w*|said|says?|saying|claim\w*|told|promis\w+|will|would|can"
    r"|to be|again)\b"
)
"""What others say or is to come: no end yet, however it is worded."""


def outcome_with_record(
    told: Outcome, status: str | None, replies: Sequence[GivenReply] = ()
) -> Outcome:
    """Give the outcome of a matter, from its text and what its record says beside it.

    >>> outcome_with_record("unresolved", "已完成")
    'resolved'
    >>> claim = GivenReply(by="merchant", text="已全额退款")
    >>> outcome_with_record("unresolved", "replied", [claim])
    'unresolved'
    """
    own = (reply.text for reply in reversed(replies) if reply.by == "complainant")
    for words in own:
        if (last := _last_word(words)) is not None:
            return last
    state = _state(status)
    ends = [end for end in _ENDS if end in (state, told)]
    if ends:
        return ends[0]
    return state if state is not None and told == "unknown" else told


def _state(status: str | None) -> Outcome | None:
    """Read the state that a source gives; None where it names no outcome."""
    if not status or len(status) > _LONGEST_STATE:
        return None
    plain = " ".join(re.split(r"[\s_-]+", normalise(status).text.strip(" .!。"))).lower()
    return next((outcome for outcome, names in _STATES.items() if plain in names), None)


def _last_word(words: str) -> Outcome | None:
    """Say what a complainant plainly says last of the end; None where nothing is plain."""
    for clause, mark in reversed(_clauses(normalise(words).text.lower())):
        if "?" in mark or _SUPPOSED.search(clause):
            continue
        if _NOT_YET.search(clause):
            if _LEFT_OPEN.search(clause):
                return "unresolved"
        elif _SETTLED.search(clause) and not _AWAITED.search(clause):
            return "resolved"
    return None


def _clauses(text: str) -> list[tuple[str, str]]:
    """Divide a text into clauses, each with the mark that ends it."""
    found, start = [], 0
    for mark in _CLAUSE_BREAK.finditer(text):
        found.append((text[start : mark.start()], mark.group()))
        start = mark.end()
    return [*found, (text[start:], "")]
