"""What kind of text a narrative is by the rules, and how its story ended by them.

In: a text with its cues (`pipelines.scenery`), how many wrongs it alleges, and what
its source declares. Out: complaint, report, guide or other; and the outcome as the text
tells it last. Out of scope: which wrongs are alleged (`pipelines.coding`).

A record filed as a complaint is one. Of other texts, a complaint tells what happened to its
writer; a report tells it of others, with lead and attribution; a guide tells anybody what to
do; advertisements, jokes, policy questions and anger without an issue are other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pipelines.records import Kind, Outcome, Span
from pipelines.scenery import Cue, Scenery, Stance
from pipelines.stance import stance_of

_ENOUGH, _ENOUGH_CHINESE = 2, 3
"""Signs of fact that an unfiled text needs to be read as somebody's complaint. Set on 320
texts that allege nothing and 340 that do: at these, one in 20 complaints is lost."""

_HAPPENED = re.compile(
    r"""[了过被已没未拒才掉]|一直|至今|还在|不给|不退|不回|不理|竟|居然|始终|死活|天天|每次|说|根本|明明|离谱|就是不|都不|还能|还是|依旧|仍|居然能|收到|寄来|发来|到手
    |显示|提示|一看|一查|拆开|打开|点进去|不[出了上成到来去动]
    |(?<!are\ )(?<!is\ )(?<!be\ )\b[a-z]{2,}ed\b
    |\b(?:was|were|had|did|got|took|sent|paid|told|said|went|gave|bought|made|left|kept|came
        |found|lost|sold|stole|froze|broke|spent|held|put|ran|withdrew|wrote|been|gone|still
        |never|cannot|refuses?|rejects?|keeps?|shows|won't|wont|will\ not|cant|since|impossible
        |nobody)\b
    |n't\b""",
    re.VERBOSE,
)
"""Grammar of what happened, or keeps not happening: aspect, past tense, negated auxiliaries."""

_CERTAIN = re.compile(
    r"""\d|\[[a-z_]+_|[$€£¥]
    |[一二三四五六七八九十两几半百千万](?:天|个|月|年|块|元|次|周|分|成|半|小时|遍|笔|单|点|万|千|百|张|条|部|回|件|套|斤|瓶|台|盒|家|遍|票)
    |[昨今前]天|上周|上个?月|去年|今年|早上|晚上|半夜|凌晨
    |\b(?:yesterday|today|last|weeks?|months?|days|(?:mon|tues|wednes|thurs|fri|satur|sun)day
        |twice|two|three|four|five|six|ten|hundred|thousand|dollars|bucks|euros|night|morning
        |years?|ago)\b""",
    re.VERBOSE,
)
"""A number, sum or time: what happened to one person has them, what may happen has not."""

_OTHER_SIDE = re.compile(
    r"""卖家|商家|客服|平台|店铺|商城|学校|钱包|软件|系统|app|网站|这家|该店|对方|店家|店主|老板|他们|主播|物业
    |公司|机构|买家|催收|中介|骗子|交易所|群主|运营方|银行|健身房|酒店|开发商
    |\b(?:they|he|she|them|their|seller|buyer|company|support|store|shop|bank|wallet|platform
        |merchant|landlord|airline|bureau|collectors?|someone|somebody|guy|man|woman|streamer
        |caller|agent|exchange|site|website)\b
    |\b(?:the|this)\ [a-z]+\ (?:is|was|has|had|just|won't|does|doesn't|did|took|keeps|says|said
        |refuses|shows|came)\b""",
    re.VERBOSE,
)
"""Somebody, or some certain thing, on the other side."""

_ANYBODY = re.compile(
    r"""[您你](?!们)|先[^,。]{1,12},再
    |(?:^|[,。;!?\n])(?:先?别|请|记得|不妨|务必|切|勿|可凭|可向|直接)
    |\b(?:you|your|yours)\b(?!\ (?:guys|people|company|app|support|team|staff))""",
    re.VERBOSE,
)
"""Addressed to any reader."""

_AT_LARGE = re.compile(
    r"""\b(?:hop(?:e|es|ing)|wish|should|would\ like|looking\ for|anyone|every(?:one|body)|people
        |please|thanks?|great|easy|perfect|respect|recommend|love|lyrics|notice|planned|scheduled)\b
    |(?:^|[.!;:,]\ )(?:ask|avoid|beware|check|contact|get|invite|open|report|save|screenshot|switch
        |use|write|(?:never|don't)\ (?:buy|click|give|pay|send|share|trust))\b""",
    re.VERBOSE,
)
"""A wish, praise, offer or advice: what is no plain statement of a wrong."""

_HEADLINE = re.compile(
    r"""[^,。;!我]{0,6}?(?:[女男]子|老[人汉太]|大[爷妈叔]|[女男]孩|小伙|大学生|[市居]民|[警法][方院]|多[名人]|被曝)
    |(?:[a-z]+\ )?(?:(?:couple|pensioner|resident|shopper|victim|investor|police|court)s?\b
        |(?:teacher|student|nurse|mother|father|(?:wo)?man)'s\b|(?:wo)?man\ (?:lo|[a-z]+ed\b))""",
    re.VERBOSE,
)
"""The opening of a headline: a person by sex, age or trade, whom the writer does not know."""

_HAN = re.compile(r"[\u3400-\u9fff]")

_WE = re.compile("we|our|us|我们|咱")

_ANSWERS = re.compile(r"(?:^|\n)(?:问|q)(?:题)? ?\d{0,2} ?[:.][^\n]{4,200}\n(?:答|a) ?[:.]")
"""A question and its answer, each on a line of its own."""

_I = re.compile(r"我(?!们|[市省县区镇办局院国行司])|本人|俺|(?:i|i'm|i've|my|me|mine|myself)\b")
"""The writer alone. An authority's 我市 and everybody's "we" are not."""

_LEAD = 120
"""Chinese letters of the opening of a text; Latin ones are three for one of them."""

_INSTRUCTING = 3
"""Sentences per instruction, at most, of a text that instructs as its heading promises."""

_MANY_LEADS = 2
"""Distinct wordings of newsrooms that outweigh a heading which promises instruction."""

_TOLD_OF = re.compile(
    r"(?<![\u3400-\u9fff][给到由找是向])\[person_\d+\](?!经理|主任|书记|客服|律师|主播|店长|老板)"
    r"[^,。;!?\n]{0,8}(?:告诉|说[,:。]|表示|介绍|坦言|回忆|无奈|发现|意识到|接到|收到|购买|下单|付款|报警|报案|花了|联系|反映|看到"
    r"|信以为真|随后|便)"
    r"|\[person_\d+\](?:, [^.;\n]{3,50},)? (?:from|in|said|says|told|added|recalled"
    r"|explained|paid|bought|ordered|lost|listed|found|received|wrote|asked|complained|contacted|realised|realized|who)\b"
    r"|\b(?:said|added|recalled) \[person_"
)
"""A person under a placeholder who acts or speaks in the third person."""

_MANY_MENTIONS, _MANY_TOLD = 4, 3
"""Mentions of persons, and their acts, in which others and not the writer are told of."""

_MOST_WE = 4
"""Times that a guide says "we", meaning everybody."""

_MANY_REPORTERS = 3
"""Mentions of reporters that make a report of a text in which others say "I"."""

_BUT = re.compile(r"但|可是|不过|然而|却|\b(?:but|however)\b|, yet\b")
"""What turns praise, or the news that nothing is wrong, into a grievance after all."""

_MANY_RULES = 2
"""Sayings of what must be, or is going to be, that make an excerpt of terms or a notice."""

_SHORT = 160
"""Code points up to which one joking word makes a text a joke, and one stated wrong a complaint."""

_NOT_STATED = frozenset(
    {Cue.FEARED, Cue.WONDERED, Cue.SUPPOSED, Cue.HEARSAY, Cue.WARNED, Cue.POLICY_QUESTION,
     Cue.GENERIC_SUBJECT, Cue.FORETOLD, Cue.AVERTED, Cue.NORMATIVE, Cue.INSTRUCTS, Cue.ADVERTISED}
)  # fmt: skip
"""Cues without which a short text that names a wrong states it."""

_OUTCOMES: tuple[tuple[Cue, Outcome], ...] = (
    (Cue.ENDED_WELL, "resolved"),
    (Cue.ENDED_REFUSED, "rejected"),
    (Cue.ENDED_OPEN, "pending"),
    (Cue.ENDED_NOWHERE, "unresolved"),
)
"""In order of precedence, for cues of one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSigns:
    """What speaks for one kind or another.

    `declared` is what the source says of its records; None when it says nothing. `is_filed`:
    the record carries a complaint's own columns (a label, a problem, a demand); `is_named`:
    it carries a respondent's name. `alleged` counts passages that claim a wrong, `named` all
    that name one, `demands` passages that ask for something.
    """

    declared: str | None
    is_filed: bool
    is_named: bool
    title_end: int
    alleged: int
    named: int
    demands: int


def kind_of(scenery: Scenery, signs: KindSigns) -> Kind:
    """Name the kind of a text.

    A label of the source's own classification makes a complaint whatever the text; a source
    that declares reports is believed unless the text instructs.
    """
    if signs.is_filed:
        return "complaint"
    own = _own_voice(scenery)
    if _is_news(scenery, signs):
        return "report"
    if _is_guide(scenery, signs, own):
        return "guide"
    if signs.declared == "report" or _is_report(scenery, own):
        return "report"
    if signs.alleged and _is_headline(scenery):
        return "report"
    if _is_advertisement(scenery, own) or _is_joke(scenery):
        return "other"
    if _is_cleared(scenery) or scenery.has(Cue.DISCUSSED, 0, len(scenery.text)):
        return "other"
    if not own and not signs.is_named and _is_of_others(scenery):
        return "other"
    if (own or signs.is_named) and _is_grievance(scenery, signs):
        return "complaint"
    if signs.alleged and not _is_content(scenery) and _is_fact(scenery, signs, own):
        return "complaint"
    return "other"


def outcome_of(scenery: Scenery) -> Outcome:
    """Say how the story ended by what is told last; unknown when nothing is told."""
    told = [(cue, outcome) for cue, outcome in _OUTCOMES if cue in scenery.cues]
    for sentence in reversed(scenery.sentences if told else ()):
        for cue, outcome in told:
            spans = scenery.within(cue, *sentence)
            if any(stance_of(scenery, span) is Stance.ALLEGED for span in spans):
                return outcome
    return "unknown"


def tells_a_case(scenery: Scenery) -> bool:
    """Say whether a report tells of a certain person, and not of totals or rules only."""
    return "[person_" in scenery.text or scenery.count(Cue.CASE_MARKER) > 0


def _own_voice(scenery: Scenery) -> int:
    """Count how often the writer says "I"; "we" may be a company's voice, or everybody's."""
    text = scenery.text
    spans = scenery.cues.get(Cue.FIRST_PERSON, ())
    return sum(_WE.match(text, span.start) is None for span in spans)


def _is_guide(scenery: Scenery, signs: KindSigns, own: int) -> bool:
    """A guide instructs, under a heading that says so, in answers, or sentence after sentence."""
    if (
        "\n" in scenery.text
        and _ANSWERS.search(scenery.text)
        and len(scenery.cues.get(Cue.INSTRUCTS, ())) > 1
    ):
        return True
    if own or len(scenery.cues.get(Cue.FIRST_PERSON, ())) > _MOST_WE:
        return False
    instructions = len(scenery.cues.get(Cue.INSTRUCTS, ())) + len(scenery.cues.get(Cue.WARNED, ()))
    if scenery.has(Cue.HOW_TO, *_heading(scenery, signs.title_end)):
        return instructions > 0 and not _is_one_question(scenery)
    if signs.declared == "report" or _is_told_of_others(scenery):
        return False
    return instructions >= 3 and instructions * 2 >= len(scenery.sentences)


def _is_news(scenery: Scenery, signs: KindSigns) -> bool:
    """A text that opens as newsrooms do, with nobody but the quoted who says "I".

    A heading that promises instruction is kept to when no certain person is told of.
    """
    if Cue.NEWS_LEAD not in scenery.cues or not _opens_as_news(scenery, signs.title_end):
        return False
    if _says_i_unquoted(scenery):
        return False
    heading = _heading(scenery, signs.title_end)
    if not scenery.has(Cue.HOW_TO, *heading) or scenery.has(Cue.NEWS_LEAD, *heading):
        return True
    if tells_a_case(scenery):
        return True
    instructions = len(scenery.cues.get(Cue.INSTRUCTS, ()))
    is_instructing = _INSTRUCTING * instructions >= len(scenery.sentences)
    return not is_instructing and scenery.count(Cue.NEWS_LEAD) >= _MANY_LEADS


def _opens_as_news(scenery: Scenery, title_end: int) -> bool:
    is_chinese = _HAN.search(scenery.text, title_end, title_end + _LEAD) is not None
    return scenery.has(Cue.NEWS_LEAD, 0, title_end + (_LEAD if is_chinese else 3 * _LEAD))


def _says_i_unquoted(scenery: Scenery) -> bool:
    """Say whether anybody speaks of themselves outside quotation marks."""
    return any(not is_quoted for is_quoted in _each_i(scenery))


def _says_i_in_quotes_only(scenery: Scenery) -> bool:
    quoted = list(_each_i(scenery))
    return bool(quoted) and all(quoted)


def _each_i(scenery: Scenery) -> Iterator[bool]:
    """Say of each place where somebody speaks of themselves whether it is quoted."""
    text = scenery.text
    position, is_quoted = 0, False
    for span in scenery.cues.get(Cue.FIRST_PERSON, ()):
        is_quoted ^= text.count('"', position, span.start) % 2 == 1
        position = span.start
        if _I.match(text, span.start):
            yield is_quoted


def _heading(scenery: Scenery, title_end: int) -> Span:
    """Give the title, or the first sentence where there is none."""
    if title_end:
        return Span(0, title_end)
    return scenery.sentences[0] if scenery.sentences else Span(0, 0)


def _is_one_question(scenery: Scenery) -> bool:
    return len(scenery.sentences) == 1 and scenery.text.rstrip().endswith("?")


def _is_report(scenery: Scenery, own: int) -> bool:
    newsroom = len(scenery.cues.get(Cue.NEWSROOM, ()))
    if newsroom >= _MANY_REPORTERS:
        return True
    if newsroom and own and not _says_i_unquoted(scenery):
        return True
    if scenery.count(Cue.REPORTED) >= _MANY_LEADS and _says_i_in_quotes_only(scenery):
        return True
    if _is_told_of_others(scenery):
        return True
    reported = scenery.count(Cue.REPORTED)
    return reported > own and (reported >= 2 or not own)


def _is_told_of_others(scenery: Scenery) -> bool:
    """Say whether named people act and speak in a text in which its writer does not appear."""
    text = scenery.text
    if text.count("[person_") < _MANY_MENTIONS or _says_i_unquoted(scenery):
        return False
    told = {match.start() for match in islice(_TOLD_OF.finditer(text), _MANY_MENTIONS)}
    return len(told) >= _MANY_TOLD


def _is_headline(scenery: Scenery) -> bool:
    """Say whether a text is one line, without a full stop, about somebody unknown."""
    text = scenery.text.strip()
    is_open = not text.endswith((".", "。", "!", "?")) and Cue.FIRST_PERSON not in scenery.cues
    return is_open and len(text) <= 80 and "\n" not in text and _HEADLINE.match(text) is not None


def _is_advertisement(scenery: Scenery, own: int) -> bool:
    """Offers to anybody; a complainant who repeats an offer speaks of themselves as well."""
    if not own and scenery.count(Cue.VENDOR_VOICE):
        return True
    offers = scenery.count(Cue.ADVERTISED)
    return offers >= 2 and offers > own


def _is_grievance(scenery: Scenery, signs: KindSigns) -> bool:
    """Somebody is addressed over something: with a demand, or over a wrong that is named."""
    addressed = scenery.count(Cue.ADDRESSED)
    return bool((addressed and signs.demands) or (addressed > 1 and signs.named))


def _is_fact(scenery: Scenery, signs: KindSigns, own: int) -> bool:
    """Say whether enough tells that one thing happened to one person.

    A plain statement is enough in English; in Chinese it took as many texts for complaints
    wrongly as rightly. A word to any reader speaks against it. Chinese leaves out who and whose,
    so there aspect and numbers count twice; a second word of aspect counts once more anywhere.
    """
    text = scenery.text
    is_chinese = _HAN.search(text) is not None
    happened = sum(1 for _ in islice(_HAPPENED.finditer(text), 2))
    told = (happened > 0) + (_CERTAIN.search(text) is not None)
    score = (
        told * (2 if is_chinese else 1)
        + (happened > 1)
        + (_OTHER_SIDE.search(text) is not None)
        + (own > 0)
        + signs.is_named
        - (not own and _ANYBODY.search(text) is not None)
    )
    if is_chinese:
        return score >= _ENOUGH_CHINESE
    return score >= _ENOUGH or _is_plain(scenery, own)


def _is_plain(scenery: Scenery, own: int) -> bool:
    """Say whether a short text states a wrong and does nothing else: no wish, offer or advice."""
    text = scenery.text
    if len(text) > _SHORT or not scenery.cues.keys().isdisjoint(_NOT_STATED):
        return False
    is_asked = "?" in text and Cue.ACCUSING_QUESTION not in scenery.cues
    is_to_one = own > 0 or _ANYBODY.search(text) is None
    return is_to_one and not is_asked and _AT_LARGE.search(text) is None


def _is_cleared(scenery: Scenery) -> bool:
    """The writer says that nothing is wrong, or not any more, and adds no "but" to it."""
    cleared = scenery.cues.get(Cue.CLEARED)
    return cleared is not None and _BUT.search(scenery.text, cleared[-1].end) is None


def _is_of_others(scenery: Scenery) -> bool:
    """Hearsay, or rules for everybody: asked of texts in which nobody says "I" only."""
    if scenery.has(Cue.HEARSAY, 0, len(scenery.text)):
        return True
    return scenery.count(Cue.NORMATIVE) + scenery.count(Cue.FORETOLD) >= _MANY_RULES


def _is_content(scenery: Scenery) -> bool:
    """The writer is pleased, without a "but", and has no grievance, or only praise for its end."""
    praise = scenery.cues.get(Cue.CONTENT)
    if not praise:
        return False
    outcome = outcome_of(scenery)
    if outcome == "resolved":
        ends = scenery.cues[Cue.ENDED_WELL]
        is_last = praise[-1].start > ends[-1].start
        return is_last and _BUT.search(scenery.text, ends[-1].end) is None
    return outcome == "unknown" and not scenery.has(Cue.TURN, praise[0].end, len(scenery.text))


def _is_joke(scenery: Scenery) -> bool:
    return scenery.count(Cue.JOKING) > 0 and len(scenery.text) <= _SHORT
