"""What part a sum plays in an English sentence.

In: a normalised text and the place of a sum in it. Out: its part. Out of scope: Chinese
sentences (`chinese_sums`), and adding up.

The noun after a sum names what it is ($95 annual fee, $200 bonus); without one the nearest
word before it decides. What is said with would, if or to is no fact, and a payment on a debt
of one's own is no loss unless it went astray.
"""

from __future__ import annotations

import re

from pipelines.extract.sum_roles import Part, Standing

_WORD = re.compile(r"[a-z']+")
_BEFORE = re.compile(
    r"(?:"
    r"(?P<returned>refunded|reimbursed|returned|waive[ds]?|waiving|reversed|g[ai]ve back"
    r"|gave me back"
    r"|paid (?:me )?back|recovered|got back|credited|compensated|(?:send|sent) back)"
    r"|(?P<kept>(?:refund|return|reimburse|credit|release|give (?:me )?(?:back)?|recover)(?! of)"
    r"|refusing to pay|withh[eo]ld\w*|kept|keeping|holding|held|froze\w*|missing|short"
    r"|still out|out the)"
    r"|(?P<quoted>offer\w*|promis\w+|bonus\w*|reward\w*|compensat\w+|demand\w*|fined?|limit\w*"
    r"|minimum"
    r"|min|max|maximum|up to|requir\w+|settle\w*|at least|less than|under|more than the|statutory"
    r"|damages|entitled|earn\w*|estimate\w*|quoted?|approv\w+|promotion\w*|violations?"
    r"|refunds? of"
    r"|request\w*|asked (?:me )?for|asking (?:me )?for|increase\w*|benefits?|advertis\w+|sue\w*"
    r"|potential|awards?)"
    r"|(?P<other>balances?|ow(?:e[ds]?|ing)|debts?|loans?|mortgages?|borrow\w*|financ\w+|salary"
    r"|income"
    r"|profits?|receiv\w+|equity|escrow|property|collection|rent|past due|appraised|assets?"
    r"|taxes)"
    r"|(?P<price>prices?|priced|cost(?! me)\w*|worth|valued?|for only)"
    r"|(?P<taken>charg(?:e[ds]?|ing)|overcharg\w*|surcharges?|debit\w*|deduct\w*|st[eo]le"
    r"|stolen|took"
    r"|taken(?! out)|takes|taking|withdr[ea]w\w*|scam\w*|defraud\w*|lost|los[es]s?|losing"
    r"|fraud\w*|unauthorized"
    r"|disput\w+|garnish\w*|cheat\w*|rebill\w*|billed|seized|robbed|swindl\w*|ripped|remov(?:ed"
    r"|ing)"
    r"|transactions?|fees?|interest(?: charges?)?(?= (?:of|for|was|were))|penalty|penalties"
    r"|cost me|duped|hacked|taxed|cashed|forfeit\w*"
    r"|conned|tricked|overdrafts?|drained)"
    r"|(?P<paid>paid|sent|transferr?e?d?|transfers|deposit(?:ed|s)?|invest(?:ed|ments?)|bought"
    r"|purchased?|purchases|spent|wired?|wires|put|put in|gave|order(?:ed)?|down payment"
    r"|payments?"
    r"|pay(?:ing)?|spend|send(?:ing)?|invest|depositing|buy|sold|scanned|top(?:ped)? up|loaded"
    r"|checks?)"
    r")(?![a-z'])"
)
_TOTAL = re.compile(
    r"(?<![a-z])(?:total\w*|sum of|in all|altogether|combined)(?![a-z])[^.;]{0,30}$"
)
_AFTER_TOTAL = re.compile(r" ?}? ?(?:in total|altogether|in all|total\b)")
_AFTER = re.compile(
    r" ?}? ?(?:\+ )?(?:in |of |dollars? |dollars in |worth of )?"
    r"(?:(?!and |was |were |is |for |from |to |on |but |if |i |at )[a-z/'-]{1,20} ){0,3}?(?:"
    r"(?P<taken>fees?\b|charges?\b|interest\b|penalty|penalties|overdraft|fraudulent|unauthorized"
    r"|transactions?\b|withdrawals?\b|debit\b)"
    r"|(?P<quoted>bonus|offers?\b|rewards?\b|promotion\w*|rebate|coupon|credits?\b(?! card)"
    r"|cash ?back"
    r"|limit|minimum|maximum|discount|incentive|increase)"
    r"|(?P<other>balances?\b|loans?\b|debts?\b|mortgage|collection|credit line|line of credit"
    r"|profits?\b)"
    r"|(?P<paid>deposits?\b|down payment|gift cards?\b|checks?\b|transfers?\b|purchases?\b)"
    r"|(?P<routine>payments?\b))"
)
_AFTER_RATE = re.compile(
    r" ?}? ?\+? ?(?:dollars? )?(?:[a-z]{1,20} ){0,2}?(?:per\b|(?:a|each|every) (?:month|day"
    r"|week|year)|an hour"
    r"|monthly|yearly|weekly|/ ?(?:mo|month|yr|year|hr|day)|each\b|to (?:send|transfer|withdraw"
    r"|convert|sell|buy)\b)"
)
_AFTER_TAKEN = re.compile(
    r" ?}? ?[^.,;!?\n]{0,24}(?<![a-z])(?:(?:was|were|been|being|got|is) (?:\w+ )?"
    r"(?:taken|stolen|charged|gone|missing|withdrawn|deducted|debited|removed|lost|posted to my)"
    r"|(?:is |are |was )?(?:to be |being )?"
    r"(?:gone|missing|held|withheld|frozen|locked|stuck)(?![a-z])"
    r"|not refunded|never (?:refunded|returned|arrived|received|credited))"
)
_HELD = re.compile(
    r"(?<![a-z])(?:have|had|has|got|over|still|about|with|there is|there s|there's)(?: got)? ?$"
)
_IN_ACCOUNT = re.compile(
    r" ?}? ?(?:worth |of |in |dollars? |[a-z]{1,9}coin |eth |crypto )*(?:left |stuck |sitting "
    r"|locked |held )?(?:in|on)"
    r" (?:my|the|an?|it|there|this|that)(?![a-z])|(?: [a-z]{1,9})? ?inside(?![a-z])"
)
_LOCKED = re.compile(
    r"(?<![a-z])(?:(?:can ?'?n?t|cannot|can not|won'?t|unable|not able|impossible|does ?n't"
    r"|did ?n't|never|not)"
    r"(?: [a-z]{1,20}){0,4}? (?:withdraw|access|get|take|sell|transfer|log|move|use|allow)"
    r"|locked|frozen|froze|(?:lock|shut|log)(?:s|ing)? me|shut out|greyed out"
    r"|suspended|restricted|shut off|shut down)(?![a-z])"
)
_AFTER_RETURNED = re.compile(
    r" ?}? ?[^.,;!?\n]{0,16}(?:was|were|been|is|are) (?P<denied>not |never )?"
    r"(?:refunded|returned|credited|reimbursed|waived|reversed)(?! but)"
)
_DENIED = re.compile(
    r"n't|n t |(?<![a-z])(?:not|never|no|without|refus\w+|den(?:y|ies|ied|ying)|declin\w+|fail\w*"
    r"|unable|won t|wont|yet)(?![a-z])"
)
_UNREAL = re.compile(
    r"(?<![a-z])(?:will|would|could|should|may|might|can|cannot|if|unless|to|wants?|wanted"
    r"|asked|asking"
    r"|told|demand\w*|expect\w*|need\w*|must|when you|threat\w*|going to|try\w* to|supposed"
    r"|allowed)"
    r"(?: (?:also|only|not|then|be|just|still|even|now|me|us|you|have|had|been))*"
    r"(?: (?:be|been|get|have))? $"
)
_PROSPECT = re.compile(r"(?<![a-z])(?:would|will|to|could|may|might) be (?:an? |the |another )?$")
_GENERIC = re.compile(
    r"(?:charges?|takes?|taking|charging) (?:over |about |like |almost |up to |an? |around |at )*"
    r"|(?:[a-z]*charges?|fees?|penalty|interest)(?: [a-z]+){0,5} (?:is|are) (?:[a-z]+ ){0,2}"
)
_FORCED = re.compile(
    r"(?<![a-z])(?:had|have had|made me|made us|forced|forcing me|having|told me|got me"
    r"|instructed me"
    r"|convinced me|induced me|tricked into|want you) to $"
)
_DEBT = re.compile(
    r"(?<![a-z])(?:debts?|loans?|mortgages?|owe[ds]?|owing|collections?|past due|credit reports?"
    r"|credit bureaus?|credit score|delinquen\w+|minimum payment|balance|apr)(?![a-z])"
)
_CREDIT_FILE = re.compile(
    r"(?<![a-z])(?:credit (?:report|bureau|score|file|histor)|collection (?:agency|account)"
    r"|fcra|fdcpa"
    r"|collections(?![a-z]))"
)
_ASTRAY = re.compile(
    r"(?<![a-z])(?:misappl\w+|missing|lost|stolen|never (?:posted|credited|received|applied"
    r"|arrived)"
    r"|not (?:posted|credited|received|applied)|n't (?:post|credit|receive|apply)\w*"
    r"|unauthori[sz]ed"
    r"|wrong account|twice|double|duplicate|scam\w*|refused to (?:refund|return)"
    r"|without my)(?![a-z])"
)
_MASKS = re.compile(r"(?<![a-z])x{2,}[x/ ]*(?:\d{2,4}\b)?[/ ]*|[{}]")
_SENTENCE = re.compile(r"(?:\. |\.$|[!?;\n])")
_EARLIER_SUM = re.compile(
    r"[$£€] ?[\d,.]++k?(?! ?(?:[,&+-]|and|then|another|in|the| )*$)(?=[^$£€]*$)"
)
_REACH, _KEPT = 140, 75


def english_part(text: str, start: int, end: int) -> Part:
    """Say what part a sum plays, by the noun after it, else the nearest word before it.

    >>> english_part("they charged me $5", 16, 18)
    ('loss', 'taken')
    >>> english_part("a $95 bonus", 2, 5)
    ('quoted', None)
    """
    window = _window(text, start)
    if match := _AFTER_RETURNED.match(text, end):
        return ("loss", "taken") if match["denied"] else ("other", "returned")
    if _AFTER_RATE.match(text, end):
        return "rate", None
    after = _AFTER.match(text, end)
    named = after.lastgroup if after else None
    cue = _last_cue(window)
    part = _told_part(window, cue, named) if cue else _noun_part(named)
    if part[0] == "loss" and _PROSPECT.search(window):
        return "quoted", None
    if part == ("other", None) and _AFTER_TAKEN.match(text, end):
        return "loss", "taken"
    if part == ("other", None) and _HELD.search(window) and _IN_ACCOUNT.match(text, end):
        return "other", "held"
    is_total = part[0] == "loss" or (cue is None and named is None)
    if is_total and (_TOTAL.search(window) or _AFTER_TOTAL.match(text, end)):
        return "loss", "total"
    return part


def speaks_of_locked_funds(text: str) -> bool:
    """Say whether a text tells that money, or the account it lies in, is out of reach.

    >>> speaks_of_locked_funds("they won't let me withdraw")
    True
    """
    return _LOCKED.search(text) is not None


def names_debt(text: str) -> bool:
    """Say whether a text has words of debts, instalments or credit files.

    >>> names_debt("this collection is not mine")
    True
    """
    return _DEBT.search(text) is not None


def speaks_of_own_debt(text: str) -> bool:
    """Say whether a text is about a debt of its writer, of whose payments none went astray.

    >>> speaks_of_own_debt("i paid my mortgage, they report me late")
    True
    """
    return names_debt(text) and _ASTRAY.search(text) is None


def speaks_of_credit_file(text: str) -> bool:
    """Say whether a text is about an entry in a credit file, and not about money gone astray.

    >>> speaks_of_credit_file("a $54 charge is on my credit report")
    True
    """
    return _CREDIT_FILE.search(text) is not None and _ASTRAY.search(text) is None


def _window(text: str, start: int) -> str:
    """Give the sentence before a sum, without masks, which say nothing."""
    before = _MASKS.sub(" ", text[max(0, start - _REACH) : start])
    window = " ".join(_SENTENCE.split(before)[-1].split())[-_KEPT:] + " "
    earlier = _EARLIER_SUM.search(window)
    return window[earlier.end() :] if earlier else window


def _last_cue(window: str) -> re.Match[str] | None:
    """Find the telling word that is nearest to the sum."""
    starts = [word.start() for word in _WORD.finditer(window)]
    cues = (_BEFORE.match(window, start) for start in reversed(starts))
    return next(filter(None, cues), None)


def _noun_part(named: str | None) -> Part:
    """Give the part of a sum that only the noun after it tells of."""
    if named == "taken":
        return "loss", "taken"
    if named == "paid":
        return "loss", "paid"
    return ("quoted", None) if named == "quoted" else ("other", None)


def _told_part(window: str, cue: re.Match[str], named: str | None) -> Part:
    """Give the part of a sum with a telling word before it, in the light of the noun after it."""
    kind = cue.lastgroup or ""
    before = window[: cue.start()]
    if kind == "returned":
        return _returned_part(before[-24:])
    if kind == "kept" and cue.group()[:3] in ("ref", "ret", "rei", "cre", "rel", "giv", "rec"):
        is_denied = _DENIED.search(before[-30:]) is not None
        standing: Standing | None = "reclaimed" if cue.group().startswith("re") else None
        return ("loss", "taken") if is_denied else ("quoted", standing)
    if named in ("quoted", "other"):
        return ("quoted", None) if named == "quoted" else ("other", None)
    if kind == "taken" and _GENERIC.fullmatch(window, cue.start()):
        return "rate", None
    if kind in ("taken", "paid", "kept") and _is_unreal(before, cue.group()):
        return "quoted", None
    if named == "taken" or kind in ("taken", "kept"):
        return "loss", "taken"
    if kind == "paid" or named == "paid":
        return "loss", "paid"
    return ("price", None) if kind == "price" else _noun_part(kind)


def _is_unreal(before: str, word: str) -> bool:
    """Say whether a payment is only spoken of: wished, threatened, or on a condition."""
    if _FORCED.search(before[-24:]):
        return False
    return _UNREAL.search(before[-40:]) is not None


def _returned_part(before: str) -> Part:
    """Tell money that came back from money that did not, or that is asked for."""
    if _DENIED.search(before):
        return "loss", "taken"
    if _UNREAL.search(before) or before.endswith(("be ", "get ", "want ")):
        return "quoted", None
    return "other", "returned"
