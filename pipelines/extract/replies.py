"""What the other side, or an authority, answered, as a text tells it.

In: a normalised text with its sentences, and the parties that it names. Out: the answers in
order, each with who gave it, its stance, and the passage from the speaker to the end of the
answer. Out of scope: what the complainant says to it, silence (it is no answer), and answers
that a record carries in a column of their own.

A word of answering (回复, ruled) is an answer by itself. A word of saying (说, told) is one
where its content takes a stance, or where somebody has turned to the other side before: what
a seller said to make a sale is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, zip_longest

from pipelines.extract.speakers import Speaker, last_speaker
from pipelines.extract.stances import stance_in
from pipelines.records import Reply, ReplyBy, Span

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[a-z][a-z] [a-z]")
_SPOKE_ZH = re.compile(
    "回复|答复|回应|驳回|拒绝|判定|裁定|裁决|不予(?=[退受赔补支认立])|否认|受理|告知|告诉"
    "|解释|指出|认为|介绍|强调|提醒|承认|建议"
    "|承诺|答应|同意|坚持|要求|表示|让(?=[我你您]?[等耐])|称(?![为呼号赞])"
    "|说(?![法明服实话辞套谎起成])"
)
_ANSWERED = re.compile(
    "回复|答复|回应|驳回|拒绝|判定|裁定|裁决|不予|否认|受理"
    "|repl|respon|answer|rule|reject|den|refus|declin|dismiss|decid|close|approv|apolog"
)
_NEEDS_STANCE = frozenset({"认为", "介绍", "强调", "指出", "提醒", "同意", "承诺", "坚持"})
"""Words that tell an answer only where it takes a stance."""

_CLOSE_BY = frozenset({"承诺", "同意", "答应", "要求", "建议", "坚持", "认为"})
"""Words that are nouns as well: their speaker stands at most a few code points before them."""

_MAY_ASK_AN_ACT = frozenset({"要求", "建议", "asked"})
"""Words that are an answer only where they ask for something to be done."""

_SPOKE_EN = re.compile(
    r"\b(?:replied|replies|responded|responds|answered|ruled|rejected|rejects|denied|denies"
    "|refused|refuses"
    "|declined|dismissed|decided|closed (?=(?:my|the|this|our) (?:case|claim|ticket"
    "|complaint|dispute))|approved|said|says|saying|told|tells?|claimed|claims|stated"
    r"|insisted|insists|believed|offered|promised|informed|explained|agreed|admitted|apologi[sz]ed"
    r"|advised|asked)\b"
)
_PASSIVE = re.compile(
    "(?:申诉|上诉|申请|投诉|举报|诉求|请求|退款"
    r"|反馈)[^,。!?;\n]{0,8}?被(?P<by_zh>[^,。!?;\n被]{0,8}?)(?:驳回|拒绝?|否决|关闭|打回)"
    r"|\b(?:appeal|claim|complaint|request|dispute|application|refund|report)s? (?:was|were"
    "|got|is|has been"
    r"|have been)(?: \w{1,12})? (?:rejected|denied|declined|refused|dismissed|closed)"
    r"(?: by (?P<by_en>(?:the )?\w{1,20}(?: \w{1,20})?))?"
)
_PASSIVE_HINTS = ("被", "rejected", "denied", "declined", "refused", "dismissed", "closed")

_TURNED_TO = re.compile(
    "联系|投诉|申诉|申请退|咨询|反馈|反映|询问|沟通|打电话|致电|维权|要求退|采访|举报|报警"
    "|协商|理论|找(?:了|到)?(?:客服|平台|商家|卖家|老板|他)"
    r"|\bcontact|\bcomplain|\bcalled\b|\bemail|\basked\b|\bdisput|\breport|\bappeal"
    r"|\brequest|\bfiled\b|\bwrote\b"
    r"|\brefund"
)
_CLAUSE_BREAK = re.compile(r"[,:;\"()]")
_ENGLISH_BREAK = re.compile(r"[;:\"()]|, (?!who\b)|\b(?:but|and|that|because|when|so|then) ")
_REACH, _ENGLISH_REACH = 30, 60
"""Code points in front of a word of saying in which its speaker is looked for."""

_TALKED_TO = re.compile(
    "(?:向|跟|给|对于?|和|与|同|告诉|希望|要求|请求?|求|等待?|期待|望|盼|敦促|督促|由|针对"
    "|不满|冒充|假冒|自称|经|未经|征得|得到|收到)"
    "(?:该|此|这个|那个|贵|你们|一下)?的?$"
    r"|\b(?:told|tell|to|asked|with|from|by|that|for|hope|want|wish|like|let) (?:the |their "
    "|its )?$"
)
_SOMEBODY_ELSE = re.compile(
    r"(?<![对向给跟和与为就让问找复诉知醒答应请系求])(?:我们?|本人|\[person_\d+\])(?!方)"
    "|记者|律师|孩子|女儿|儿子|家长"
    r"|\b(?:i|we|my|and i|reporter|lawyer)\b|[.!?]"
)
_REFUSALS = frozenset({"拒绝", "refused", "refuses"})
_ENGLISH_WORD = re.compile("[a-z]")
_ADVERBS = re.compile(
    r"(?:,? who)?(?: of \w+)?(?:,? (?:has|have|had|'ve|'s|then|also|again|just|finally"
    "|simply|only|later|still|now"
    "|however|always|kept|keeps|keep|staff|team|person|lady|manager|supervisor|member"
    "|department|agent"
    r"|representative|back|who|\w+ly|\[person_\d+\])){0,4},? ?"
)
_CLOSE = 8
_OF = re.compile("的(?!回复|答复|回应|处理|判定|工作|客服)|'s? (?!reply|response|answer)")
_SUPPOSED = re.compile(r"如果|若是?|假如|倘若|一旦|万一|要是|\b(?:if|unless|suppose|whether)\b")
_NOT = re.compile(
    "(?:不|没有?|未曾?|无人|尚未|迟迟|不肯|不再|没人|拒绝|才能|如果|是否|能否)[再给做有作]?$"
    r"|\b(?:was|were|been|is|are|be|being|got|get) (?:\w+ly )?$"
    r"|\b(?:never|not|nobody|didn't|hasn't|haven't|doesn't|won't|no one|to|if) (?:even "
    "|ever |yet )?$"
)
_REFUSED_TO_ANSWER = re.compile(
    "回复|回应|答复|沟通|接听|接电话|回答|露面|见面|与我| to (?:answer|listen|talk|speak"
    "|respond|reply|let)"
)
_MEANWHILE = re.compile(r"[^,。!?;\n]{0,10}(?:后|时|前|期间),")
_SUBORDINATE = frozenset({"回复", "答复", "回应", "受理", "告知", "指出", "介绍", "建议", "要求"})
_ASKS_ACT = re.compile(
    r"[^,。!?;\n]{0,16}(?:提供|提交|补充|出示|上传|等|证明|删)|[^;\n]{0,40}\b(?:upload"
    r"|provide|submit|send|prove|wait|show)\b"
)
_OWN_TURN = re.compile(
    "[,;] ?(?:但|而|可|可是|然后|于是|后来|所以|因此|结果|而且)?(?:(?:我(?![们方司])"
    r"|本人)(?![^,。!?;\n]{0,3}的)"
    r"|\[person_\d+\](?=[^,。!?;\n]{0,6}(?:说|称|表示|认为|觉得|不同意|不认可|再次|只好|无奈"
    "|多次|向)))"
    "|[,;] ?(?:又|再|然后|于是|后来|只好|就|便)?(?:找|联系|拨打|致电)[了到过]?(?:平台|客服"
    "|商家|卖家|官方|店|老板|\\d)"
    r"|[,;] (?:but|so|and) (?:i|we|mr|ms|mrs|\[person_\d+\])\b"
)
_LEAST_CONTENT = 4
"""Code points of an answer that says anything."""

_MOST_SAYINGS = 3_000
"""Words of saying looked at in one text: no account holds as many."""

_LONGEST = 400
"""Code points of an answer in one sentence; what goes on longer is no sentence."""

_NEAR = 12
"""Code points in front of a speaker that say whether somebody talks to them."""

_MEMORY = 120
"""Code points over which a pronoun reaches back."""

_AND_THEN = re.compile(
    r"另外|同时|此外|其次|再者|并且|(?:in addition|moreover|furthermore|additionally)\b"
)
_OWN_VOICE = re.compile(r"我|本人|\[person_\d+\](?:说|称|表示|认为)|\b(?:i|my|we)\b")
_MOST_SENTENCES = 5
"""Sentences over which one answer may go on."""


@dataclass(frozen=True, kw_only=True)
class _Account:
    """A text that tells of answers."""

    text: str
    sentences: Sequence[Span]
    names: Mapping[str, ReplyBy]

    @cached_property
    def turned_at(self) -> int:
        """Where somebody first turned to another, or the end of the text."""
        turned = _TURNED_TO.search(self.text)
        return turned.start() if turned else len(self.text)

    def sentence_no(self, position: int) -> int:
        """Give the number of the sentence in which a position lies."""
        return max(bisect_right(self.sentences, (position, len(self.text))) - 1, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A word of saying, and who says it."""

    speaker: Speaker
    verb: Span
    sentence_no: int


def find_replies(
    text: str, sentences: Sequence[Span], names: Mapping[str, ReplyBy]
) -> tuple[Reply, ...]:
    """List the answers that a normalised text tells of, in order, without overlap.

    `names` are those of the parties, in the spelling of the text.

    >>> text = "我找客服退款,客服称礼物无法退还。"
    >>> find_replies(text, [Span(0, 17)], {})
    (Reply(by='platform', stance='denies', span=Span(start=7, end=17)),)
    """
    account = _Account(text=text, sentences=sentences, names=names)
    found = list(_told(account))
    return tuple(sorted((*found, *_passives(account, found)), key=lambda reply: reply.span))


def _told(account: _Account) -> Iterator[Reply]:
    """Give the answers that have a speaker, each as far as it goes."""
    said = list(_by_speaker(_sayings(account)))
    position = 0
    for one, following in zip_longest(said, said[1:]):
        if one.speaker.span.start < position:
            continue
        end = min(account.sentences[one.sentence_no].end, one.verb.end + _LONGEST)
        if following and following.sentence_no == one.sentence_no:
            if following.speaker.span.start - one.verb.end < _LEAST_CONTENT:
                continue  # what is said is that somebody else says something
            end = min(end, following.speaker.span.start)
        reply = _reply(account, one, _until_own_turn(account.text, one.verb.end, end))
        if reply is None:
            continue
        yield reply
        position = reply.span.end
        if position == account.sentences[one.sentence_no].end:
            for more in _continued(account, one.sentence_no, reply.by):
                yield more
                position = more.span.end


def _by_speaker(said: Iterable[_Said]) -> Iterator[_Said]:
    """Keep the first word of saying of each speaker."""
    last = None
    for one in said:
        if last is None or one.speaker.span != last.speaker.span:
            yield one
        last = one


def _until_own_turn(text: str, start: int, end: int) -> int:
    """Give where the complainant speaks again, outside of quotations, or else the end."""
    for turn in _OWN_TURN.finditer(text, start + _LEAST_CONTENT, end):
        if text.count('"', start, turn.start()) % 2 == 0:
            return turn.start()
    return end


def _reply(account: _Account, said: _Said, end: int) -> Reply | None:
    """Make an answer of what was said, unless nothing shows that it is one."""
    text = account.text
    stance = stance_in(text[said.verb.start : end])
    is_answer = _ANSWERED.match(text, said.verb.start) is not None
    if stance == "explains" and not is_answer:
        is_first = account.turned_at > said.speaker.span.start
        if is_first or text[slice(*said.verb)] in _NEEDS_STANCE:
            return None
    if not is_answer and end - said.verb.end < _LEAST_CONTENT:
        return None
    span = Span(said.speaker.span.start, len(text[:end].rstrip(" ,;")))
    return Reply(by=_by(account, said.speaker), stance=stance, span=span)


def _by(account: _Account, speaker: Speaker) -> ReplyBy:
    """Say whose staff answers, or for whom a pronoun stands: the party named last before."""
    if not speaker.is_vague:
        return speaker.by
    start = max(speaker.span.start - _MEMORY, 0)
    before = last_speaker(account.text, start, speaker.span.start, account.names, vague=False)
    return before.by if before else speaker.by


def _continued(account: _Account, sentence_no: int, by: ReplyBy) -> Iterator[Reply]:
    """Give the sentences with which an answer goes on: in its quotation, or added to it."""
    text, sentences = account.text, account.sentences
    first = sentences[sentence_no]
    ahead = sentences[sentence_no + 1 : sentence_no + _MOST_SENTENCES]
    paragraph = [one for one in ahead if "\n" not in text[first.end : one.start]]
    quoted = _quoted(text, first, paragraph)
    for number, one in enumerate(paragraph):
        stance = stance_in(text[one.start : one.end])
        if number >= quoted:
            is_added = _AND_THEN.match(text, one.start) and not _OWN_VOICE.search(text, *one)
            if not is_added or stance == "explains":
                return
        if one.end - one.start >= _LEAST_CONTENT:
            yield Reply(by=by, stance=stance, span=one)


def _quoted(text: str, first: Span, following: Sequence[Span]) -> int:
    """Count the sentences over which the quotation of a first one goes on.

    Spun texts lose opening marks: a sentence that closes a quotation which nothing opened
    belongs to the speech before it.
    """
    is_open = text.count('"', *first) % 2 == 1
    for number, (start, end) in enumerate(following, 1):
        if text.count('"', start, end) % 2 == 0:
            continue
        return number if is_open or text.endswith('"', start, end) else 0
    return 0


def _sayings(account: _Account) -> Iterator[_Said]:
    """Give the words of saying that another side than the complainant says."""
    text = account.text
    patterns = []
    if _HAN.search(text):
        patterns.append((_SPOKE_ZH, _CLAUSE_BREAK, _REACH))
    if _LATIN.search(text):
        patterns.append((_SPOKE_EN, _ENGLISH_BREAK, _ENGLISH_REACH))
    found = []
    for verbs, breaks, reach in patterns:
        for verb in islice(verbs.finditer(text), _MOST_SAYINGS):
            number = account.sentence_no(verb.start())
            start = max(account.sentences[number].start, verb.start() - reach)
            for stop in breaks.finditer(text, start, verb.start()):
                start = stop.end()
            speaker = last_speaker(text, start, verb.start(), account.names)
            if speaker is None:
                continue
            first = max(account.sentences[number].start, speaker.span.start - _MEMORY)
            if _SUPPOSED.search(text, first, speaker.span.start):
                continue
            if _speaks(text, start, speaker, verb):
                span = Span(*verb.span())
                found.append(_Said(speaker=speaker, verb=span, sentence_no=number))
    yield from sorted(found, key=lambda one: one.verb)


def _speaks(text: str, clause: int, speaker: Speaker, verb: re.Match[str]) -> bool:
    """Say whether a word of saying is the speaker's, done, and the main one of its clause."""
    start, end = speaker.span
    if _TALKED_TO.search(text[max(clause, start - _NEAR) : start]) or _OF.match(text, end):
        return False
    if _SOMEBODY_ELSE.search(text, end, verb.start()) or _NOT.search(text[end : verb.start()]):
        return False
    word = verb.group()
    if _ENGLISH_WORD.match(word) and not _ADVERBS.fullmatch(text, end, verb.start()):
        return False
    if word in _CLOSE_BY and verb.start() - end > _CLOSE:
        return False
    if word in _REFUSALS and _REFUSED_TO_ANSWER.match(text, verb.end()):
        return False
    if word in _SUBORDINATE and _MEANWHILE.match(text, verb.end()):
        return False
    return word not in _MAY_ASK_AN_ACT or _ASKS_ACT.match(text, verb.end()) is not None


def _passives(account: _Account, told: Sequence[Reply]) -> Iterator[Reply]:
    """Give the refusals that are told without a speaker in front: an appeal was rejected."""
    text = account.text
    if not any(hint in text for hint in _PASSIVE_HINTS):
        return
    ends = [reply.span.end for reply in told]
    for match in _PASSIVE.finditer(text):
        after = bisect_right(ends, match.start())
        if after < len(told) and told[after].span.start < match.end():
            continue
        group = "by_zh" if match["by_zh"] is not None else "by_en"
        place = match.span(group) if match[group] else (match.start(), match.start())
        speaker = last_speaker(text, *place, account.names)
        by = _by(account, speaker) if speaker else "platform"
        yield Reply(by=by, stance="denies", span=Span(*match.span()))
