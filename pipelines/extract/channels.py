"""Whether somebody turned to a channel, or only means to, may, or is told to.

In: a text with its sentences and cues, and a passage that names a channel. Out: yes or no.
Out of scope: which channel it is (`channels.yml`).

A channel counts as tried where its clause says that somebody turned to it, and nothing in
front of it says that this is a plan, a threat or advice.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from pipelines.records import Span
from pipelines.scenery import Scenery, Stance
from pipelines.stance import stance_of

_TURNED = re.compile(
    "投诉|举报|反映|报[了过]?[警案]|110|起诉|诉至|诉讼|告到|告上|打[了过电]|拨打|致电|联系"
    "|找|求助|申[诉请]|提[交起]|立案|受理|介入"
    "|调解|登记|反馈|咨询|询问|问|发[帖微]|曝光|信访|沟通|协商|交涉|理论|催|回复|答复|处理"
    "|维权|上报|留言|裁决|判"
    r"|\b(?:complain|report|fil(?:ed|ing)|contact|call(?:ed|ing)|wrote|written|went|sued|sue"
    "|suing|disput|submit|lodg"
    "|rais|notif|inform|spoke|talk|told|appeal|escalat|petition|email|phon|message|chat"
    "|reach(?:ed|ing) out|opened"
    r"|ticket|posted|asked|charge ?back|lawsuit|turn(?:ed|ing) to|arbitrat)"
)
_NOT_YET = re.compile(
    "准备|打算|计划|将(?:会|向|要|报|起|通|采)|要去|要报|要起诉|要向|会[向去报找]|会起诉"
    "|想(?:要|去|向|报|找|打)|再不|否则|不然|必要时|必要的话"
    "|保留|随时|建议|劝|[让叫要][我你您他她]|[让叫](?=报[警案]|打|向|去|找)|麻烦|会联系|推荐"
    "|可[以向在拨通]|应[当该向去]|需要"
    "|(?<!申)请(?!求)|希望|恳请|呼吁|欢迎|扬言|威胁|还是要|一定要"
    "|如果|若是?|优先|我就|不排除|去吧|尽管|冒充|假冒|自称|不敢|不愿|懒得|没有?"
    r"|\b(?:will|would|going to|plan\w*|may|might|should|shall|advis\w+|suggest\w*"
    r"|recommend\w*|consider\w*"
    r"|threat\w+|want\w* to|need to|or else|you can|ready to|about to|(?:told|tell|tells"
    "|asked) (?:me|us|them|her|him) to"
    r"|could|intend\w*|please|prepared to|forced to|pretend\w*|posing|pos(?:ed|es) as"
    r"|claim\w* to be"
    r"|claiming|cannot|can't|never|didn't|did not)\b|'ll "
)

_FOR_EXAMPLE = re.compile(r"比如|例如|譬如|诸如|\bsuch as|\bfor (?:example|instance)")
_IF = re.compile(r"如果|要是|假如|倘若|一旦|若|万一|\bif\b|\bunless\b|\bshould\b")


def is_tried(scenery: Scenery, span: Span) -> bool:
    """Say whether a passage that names a channel tells that somebody turned to it.

    >>> scene = Scenery(text="我打12315投诉了,再不退我就报警", sentences=[Span(0, 18)], cues={})
    >>> is_tried(scene, Span(2, 7)), is_tried(scene, Span(16, 18))
    (True, False)
    """
    sentence = scenery.sentence_of(span)
    clauses = scenery.clauses_of(sentence)
    place = bisect_right(clauses, span.start)
    start = clauses[max(place - 1, 0)]
    after = bisect_right(clauses, max(span.end - 1, span.start))
    end = clauses[after] if after < len(clauses) else sentence.end
    if _TURNED.search(scenery.text, start, end) is None:
        return False
    if _NOT_YET.search(scenery.text, start, span.end):
        return False
    stance = stance_of(scenery, span)
    if stance is Stance.SUPPOSED:  # one of the things done, or something to be done
        before = scenery.text[sentence.start : span.start]
        return _FOR_EXAMPLE.search(before) is not None and _IF.search(before) is None
    return stance is Stance.ALLEGED
