"""What in a sentence of a report shows whether a story goes on.

In: the lists of `reporting.yml`. Out: patterns over normalised sentences. Out of scope: what
follows from a match (`pipelines.cases.tracking`).
"""

from __future__ import annotations

import re

from pipelines.cases.words import chinese, english

SPEAKER = re.compile(
    rf"(?:{chinese('speaker')})|\b(?:{english('speaker')}|law firm|it is understood|data show"
    r"|according to (?!the (?:seller|buyer|merchant|platform|steps|requirements)))\b"
)
SPEECH = re.compile(
    rf"(?:{chinese('speech')})|记者|\b(?:{english('speech')}|reporters?|journalists?)\b"
)
CLOSING = re.compile(
    r"(?:截至|截止|至)(?:记者)?(?:发稿|截稿)|记者发稿"
    r"|\b(?:at (?:the )?time of (?:writing|publication|going to press)|(?:as of|by) press time)\b"
)
LASTING_SPEAKER = re.compile(
    rf"(?:{chinese('lasting_speaker')})|\b(?:{english('lasting_speaker')}|law firm)\b"
)
GENERAL = re.compile(
    rf"(?:{chinese('general')})|\b(?:{english('general', 'general_phrase')})\b"
    r"|\bmany (?:people|users|buyers|sellers|consumers|customers)\b"
)
POINTS_BACK = re.compile(
    rf"(?:{chinese('points_back')})|(?<!其)他(?!们|人)|她(?!们)|该(?:{chinese('people')})"
    r"|[\",!。:]我(?!们|国|市|省)|我[的家在就当才也还买付]"
    rf"|\b(?:{english('points_back')}|we both|the other party"
    r"|the (?:woman|man|user|customer|couple|student|victim))\b"
)
THEN = re.compile(
    r"[^,。;!?\n]{0,8}(?:后|当天|当晚|次日|第二天|不久),"
    r"|\"?(?:then|later|afterwards|soon after|the next day|by (?:then|\d|the)"
    r"|(?:a|two|three|four|several|\d+) (?:hours?|days?|weeks?|months?) later)\b"
)
DEFINITE_SIDE = re.compile(
    rf"(?:{chinese('definite_side')})"
    r"|\bthe (?:seller|buyer|merchant|shop|store|other party|platform|company)\b"
)
TOPIC = re.compile(
    r"(?:对于|关于|针对|至于|就|像|类似|如同|以|结合)[^,。]{0,3}$"
    r"|\b(?:in the case of|regarding|as for|about|like|of|case of|in) $"
)
OBJECT = re.compile(
    r"(?:[将把骗向对给与和跟让被从使令帮替找为至到叫是]|联系上?|告诉|告知|通知|要求)$"
    r"|\b(?:to|with|from|by|contacted|told|asked|against|sued|paid|of|at|and|called|between|met"
    r"|sent) $"
)
LIKEWISE = re.compile(
    rf"(?:{chinese('likewise')})|也(?!许)"
    rf"|\b(?:{english('likewise')}|as well|so (?:did|was|were))\b"
)
LINKS_TWO = re.compile(
    r"\s?(?:如果说?|与|和|像|不同于|相比|跟|除了|继|同)"
    r"|\s?(?:if|like|unlike|while|as with|besides)\b"
)
NUMBER = "[一二三四五六七八九十\\d]{1,3}"
NUMBERED = re.compile(
    r"(?:^|(?<=[\n。!?;:]))[ \"\[【(《]?(?:典型|真实|受害|诈骗|投诉|具体)?"
    rf"(?:案例|案件|案情|实例|例子|事例|故事|投诉|个案) ?之?{NUMBER}(?![年月日条起件个])"
    r"|(?:^|(?<=[\n。!?;]))[【\[]案例[】\]]"
    rf"|(?:^|(?<=[\n。!?;]))第{NUMBER}[个起件](?:案例|案件|投诉)"
    r"|(?:^|(?<=\n)|(?<=[.!?] ))(?:case|complaint|story|example|victim)(?: study)?"
    r"(?: no\.?| number)? ?(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\b"
)
SOMEBODY = re.compile(rf"(?:{chinese('somebody')})|\b(?:the |an? )?(?:{english('somebody')})\b")
EXPERIENCE = re.compile(
    rf"(?:{chinese('experience')})|\b(?:{english('experience')})\b|\d ?[万千百]?[元块]|[$€£¥]\d"
)
SENTENCE_END = re.compile(r"[。!?;…:.][\"')\]]*$")
