"""What rules and the second reader say together: codes, where they stand, kinds, natures.

The second reader is a small model in which every score is written down, so that these tests
are about who is believed, not about what was learned.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import cache
from math import exp, log

import pytest

from pipelines.classify.model import NOT_LEARNED
from pipelines.classify.second_reader import SECONDED
from pipelines.coding import OVERRULING_KIND, SURE_OF_KIND, Coder, Coding
from pipelines.records import Axis, Complaint, ComplaintId, Finding, Kind, Outcome, Party
from pipelines.redact import redact
from pipelines.segment import sentences, words
from pipelines.taxonomy import Taxonomy, load_taxonomy
from pipelines.weighing import Told
from tests.reader_scene import THRESHOLDS, toy_model

WALLET = Party(role="respondent", raw="支付宝", identity="licensed", how="given")
SHOP = Party(role="respondent", raw="拼多多", identity="named", how="given")
BANK = Party(role="respondent", raw="Wells Fargo", identity="licensed", how="given")

WAITED = "The sofa is a rumour by now, my neighbours have stopped asking. I rang on 3 May."
STOLEN = "我的账号昨天被盗了，里面的东西都没了，客服不管。"
GUIDE = "如何避免被骗?\n先核实身份,不要转账。请保留证据。记得报警。请勿点击链接。"
REPORT = "据报道,市民告诉记者,她在网上付款后卖家失联。记者了解到,警方介入。"

LATE, THEFT = (Axis.PATTERN, "late_delivery"), (Axis.PATTERN, "account_theft")
LOCKED = (Axis.WALLET, "account_locked")
RUMOUR_IS_LATE = {"rumour": {"pattern late_delivery": 60.0}}
A_COMPLAINT = {"kind complaint": 3.0}


@cache
def taxonomy() -> Taxonomy:
    return load_taxonomy()


@cache
def rules() -> Coder:
    """Give a coder whose second reader nobody has asked yet; compiling takes a second."""
    return Coder(taxonomy())


def logit(probability: float) -> float:
    return log(probability / (1 - probability))


def code(told: Told, **scores: object) -> Coding:
    """Code a story with the rules and a small model that takes it for a complaint."""
    given = {"words": {}, **scores}
    bias = {**A_COMPLAINT, **given.pop("bias", {})}  # type: ignore[dict-item]
    coder = copy(rules())
    coder._model = toy_model(bias=bias, **given)  # type: ignore[arg-type]
    return coder.code(told)


def story(
    text: str, *, parties: tuple[Party, ...] = (), is_case: bool = False, **fields: object
) -> Told:
    narrative = redact(text, b"a key for tests").narrative
    given = {"complaint_id": ComplaintId("t:1"), "source": "posts", "text": text, **fields}
    return Told(
        complaint=Complaint(**given),  # type: ignore[arg-type]
        narrative=narrative,
        sentences=sentences(narrative.normalised.text),
        words=words(narrative.normalised.text),
        parties=parties,
        is_case=is_case,
    )


def on(axis: Axis, findings: tuple[Finding, ...]) -> dict[str, Finding]:
    return {one.code: one for one in findings if one.axis is axis}


def passages(text: str, finding: Finding) -> list[str]:
    return [text[start:end] for start, end in finding.spans]


# -- patterns ---------------------------------------------------------------------


def test_a_code_of_the_rules_that_is_improbable_is_a_mention() -> None:
    coding = code(story(STOLEN), bias={"pattern account_theft": -7.0})

    assert "account_theft" not in on(Axis.PATTERN, coding.findings)
    assert "account_theft" in on(Axis.PATTERN, coding.mentions)


@pytest.mark.parametrize("bias", [{"pattern account_theft": NOT_LEARNED}, {}])
def test_a_code_that_was_never_learned_is_named_by_the_rules_alone(bias: dict[str, float]) -> None:
    coding = code(story(STOLEN), bias=bias)

    theft = on(Axis.PATTERN, coding.findings)["account_theft"]
    assert theft.origin == "rule"
    assert theft.score > 0.5


def test_a_code_of_the_rules_needs_a_part_of_the_threshold_and_carries_its_probability() -> None:
    enough, too_little = SECONDED * 0.5 + 0.02, SECONDED * 0.5 - 0.02

    found = code(story(STOLEN), bias={"pattern account_theft": logit(enough)})
    lost = code(story(STOLEN), bias={"pattern account_theft": logit(too_little)})

    theft = on(Axis.PATTERN, found.findings)["account_theft"]
    assert (theft.origin, theft.score) == ("rule", pytest.approx(enough, abs=1e-3))
    assert any("被盗" in passage for passage in passages(STOLEN, theft))
    assert "account_theft" not in on(Axis.PATTERN, found.mentions)
    assert "account_theft" not in on(Axis.PATTERN, lost.findings)


def test_a_code_that_only_the_second_reader_knows_says_so_and_shows_its_clause() -> None:
    coding = code(story(WAITED), words=RUMOUR_IS_LATE)

    [late] = on(Axis.PATTERN, coding.findings).values()
    assert (coding.kind, late.code, late.origin) == ("complaint", "late_delivery", "model")
    assert passages(WAITED, late) == ["The sofa is a rumour by now, "]
    assert late.score == pytest.approx(1.0, abs=1e-3)


def test_a_code_that_only_the_second_reader_knows_needs_the_whole_threshold() -> None:
    under, over = (
        code(story(WAITED), bias={"pattern late_delivery": logit(share)}) for share in (0.48, 0.52)
    )

    assert on(Axis.PATTERN, under.findings) == on(Axis.PATTERN, under.mentions) == {}
    assert set(on(Axis.PATTERN, over.findings)) == {"late_delivery"}


def test_what_the_rules_say_is_heard_by_the_second_reader() -> None:
    hints = {"alleged pattern account_theft": {"pattern late_delivery": 20.0}}

    assert "late_delivery" in on(Axis.PATTERN, code(story(STOLEN), hints=hints).findings)
    assert "late_delivery" not in on(Axis.PATTERN, code(story(WAITED), hints=hints).findings)


def test_a_code_of_the_rules_stays_theirs_when_the_second_reader_agrees() -> None:
    coding = code(story(STOLEN), words={"账号": {"pattern account_theft": 60.0}})

    assert on(Axis.PATTERN, coding.findings)["account_theft"].origin == "rule"


def test_the_second_reader_does_not_overrule_the_stance_of_a_text() -> None:
    text = "I was afraid that the sofa is a rumour."

    coding = code(story(text), words=RUMOUR_IS_LATE)

    assert on(Axis.PATTERN, coding.findings) == {}


def test_a_code_stands_at_the_likeliest_clause_that_alleges_what_it_says() -> None:
    text = "I was afraid that the sofa is a rumour. I rang on 3 May and it had been sent."

    coding = code(story(text), words=RUMOUR_IS_LATE)

    [late] = on(Axis.PATTERN, coding.findings).values()
    assert passages(text, late) == ["I rang on 3 May and it had been sent."]


def test_in_a_case_of_a_report_the_rules_are_believed_alone() -> None:
    coding = code(story(STOLEN, is_case=True), bias={"pattern account_theft": -8.0})

    assert on(Axis.PATTERN, coding.findings)["account_theft"].origin == "rule"


def test_things_and_wishes_are_known_to_the_rules_alone() -> None:
    coding = code(story("昨天付了三百元,我有聊天记录,要求退款。"))

    assert "chat_record" in on(Axis.EVIDENCE, coding.findings)
    assert "refund" in on(Axis.DEMAND, coding.findings)


# -- wallet issues ----------------------------------------------------------------


def test_a_wallet_issue_is_found_where_a_wallet_is_complained_of_only() -> None:
    knows = {"rumour": {"wallet account_locked": 60.0}}

    at_wallet = code(story(WAITED, parties=(WALLET,)), words=knows)
    at_shop = code(story(WAITED, parties=(SHOP,)), words=knows)

    assert passages(WAITED, on(Axis.WALLET, at_wallet.findings)["account_locked"]) == [
        "The sofa is a rumour by now, "
    ]
    assert on(Axis.WALLET, at_shop.findings) == {}


def test_at_a_bank_a_wallet_issue_stands_in_a_sentence_on_transfers() -> None:
    transfer = "My Zelle transfer to my sister never arrived."
    knows = {"rumour": {"wallet account_locked": 60.0}}

    beside = code(story(f"The branch is a rumour. {transfer}", parties=(BANK,)), words=knows)
    without = code(story("The branch is a rumour. I rang.", parties=(BANK,)), words=knows)

    assert transfer in passages(
        f"The branch is a rumour. {transfer}", on(Axis.WALLET, beside.findings)["account_locked"]
    )
    assert on(Axis.WALLET, without.findings) == {}


# -- natures ----------------------------------------------------------------------


def test_the_likeliest_nature_is_given_when_none_reaches_the_threshold() -> None:
    bias = {"nature price": logit(0.2), "nature safety": logit(0.1)}

    coding = code(story(WAITED), bias=bias)

    [nature] = on(Axis.NATURE, coding.findings).values()
    assert (nature.code, nature.origin) == ("price", "model")
    assert nature.score == pytest.approx(0.2, abs=1e-3)


def test_all_natures_that_reach_the_threshold_are_given_and_no_other() -> None:
    bias = {"nature price": logit(0.6), "nature safety": logit(0.7), "nature contract": logit(0.4)}

    coding = code(story(WAITED), bias=bias)

    assert set(on(Axis.NATURE, coding.findings)) == {"price", "safety"}


def test_natures_of_what_a_label_stands_for_leave_no_need_of_a_likely_one() -> None:
    filed = story("详见截图", problem="自动续费未经同意扣款")
    renewal = taxonomy().entries[Axis.PATTERN, "forced_renewal"]

    coding = code(filed, bias={"nature other": logit(0.3)})

    assert set(on(Axis.NATURE, coding.findings)) == set(renewal.natures)
    assert {one.origin for one in on(Axis.NATURE, coding.findings).values()} == {"label"}


def test_the_natures_of_a_code_that_was_read_are_asked_of_the_second_reader() -> None:
    bias = {"pattern account_theft": 4.0, "nature price": logit(0.6)}

    coding = code(story(STOLEN), bias=bias)

    assert "account_theft" in on(Axis.PATTERN, coding.findings)
    assert set(on(Axis.NATURE, coding.findings)) == {"price"}


# -- kinds ------------------------------------------------------------------------


def kinds(**probabilities: float) -> dict[str, float]:
    """Give the log-odds of kinds; of those that are not named, of one in a hundred."""
    usual: dict[str, float] = dict.fromkeys(("complaint", "report", "guide", "other"), 0.01)
    return {f"kind {kind}": logit(share) for kind, share in {**usual, **probabilities}.items()}


SURE, UNSURE = SURE_OF_KIND + 0.02, SURE_OF_KIND - 0.02
ENOUGH, TOO_LITTLE = OVERRULING_KIND + 0.02, OVERRULING_KIND - 0.02


@pytest.mark.parametrize("kind", ["report", "guide", "other"])
def test_a_filed_text_is_a_complaint_whatever_the_second_reader_says(kind: str) -> None:
    filed = story(WAITED, problem="自动续费未经同意扣款")

    assert code(filed, bias=kinds(**{kind: 0.99})).kind == "complaint"


@pytest.mark.parametrize(
    ("text", "said", "kind"),
    [
        (GUIDE, {"other": TOO_LITTLE}, "guide"),
        (GUIDE, {"other": ENOUGH}, "other"),
        (GUIDE, {"report": ENOUGH}, "report"),
        (GUIDE, {"other": 0.9, "guide": ENOUGH}, "guide"),
        (GUIDE, {"complaint": ENOUGH}, "complaint"),
        (REPORT, {"other": TOO_LITTLE}, "report"),
        (REPORT, {"other": ENOUGH}, "other"),
        (REPORT, {"complaint": TOO_LITTLE}, "report"),
        (REPORT, {"complaint": ENOUGH}, "complaint"),
    ],
)
def test_a_guide_or_a_report_of_the_rules_stands_unless_another_kind_is_likelier(
    text: str, said: dict[str, float], kind: Kind
) -> None:
    assert code(story(text), bias=kinds(**said)).kind == kind


@pytest.mark.parametrize("kind", ["other", "guide"])
def test_a_report_of_certain_people_may_be_none_for_the_second_reader(kind: Kind) -> None:
    text = "据报道,市民[person_1]告诉记者,她在网上付款后卖家失联。记者了解到,警方介入。"

    assert code(story(text), bias=kinds(**{kind: SURE})).kind == kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"complaint": 0.5, "other": 0.4}, "complaint"),
        ({"complaint": 0.4, "other": 0.5}, "other"),
        ({"guide": SURE}, "guide"),
        ({"report": SURE}, "report"),
        ({"guide": UNSURE, "complaint": 0.3, "other": 0.2}, "complaint"),
        ({"report": UNSURE, "complaint": 0.2, "other": 0.3}, "other"),
    ],
)
def test_of_other_texts_the_second_reader_says_which_is_a_complaint(
    said: dict[str, float], kind: Kind
) -> None:
    assert code(story(WAITED), bias=kinds(**said)).kind == kind


@pytest.mark.parametrize(("leads", "kind"), [(0.2, "complaint"), (0.4, "other")])
def test_a_text_in_which_the_second_reader_names_a_wrong_is_a_complaint_when_in_doubt(
    leads: float, kind: Kind
) -> None:
    bias = {**kinds(complaint=0.4, other=0.4 + leads), "pattern late_delivery": 2.0}

    assert code(story(WAITED), bias=bias).kind == kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [({"complaint": 0.2, "other": SURE}, "complaint"), ({"other": 0.92}, "other")],
)
def test_a_wrong_that_the_rules_find_is_complained_of_unless_the_second_reader_is_sure(
    said: dict[str, float], kind: Kind
) -> None:
    assert code(story(STOLEN), bias=kinds(**said)).kind == kind


@pytest.mark.parametrize("said", [{"guide": SURE}, {"report": SURE}, {"other": 0.92}])
def test_what_is_no_complaint_has_no_findings_however_probable_a_code(
    said: dict[str, float],
) -> None:
    bias = {**kinds(**said), "pattern account_theft": 8.0, "nature safety": 8.0}

    coding = code(story(STOLEN), bias=bias)

    assert (coding.findings, coding.outcome) == ((), "unknown")
    assert "account_theft" in on(Axis.PATTERN, coding.mentions)


# -- how it ended -----------------------------------------------------------------


@pytest.mark.parametrize("end", ["resolved", "unresolved", "pending", "unknown"])
def test_the_second_reader_says_how_the_story_of_a_complaint_ended(end: Outcome) -> None:
    assert code(story(WAITED), bias={f"outcome {end}": 2.0}).outcome == end


def test_a_denial_that_the_rules_find_is_believed() -> None:
    denied = WAITED + "后来申诉被驳回了。"

    assert code(story(denied), bias={"outcome unresolved": 2.0}).outcome == "rejected"


@pytest.mark.parametrize("is_case", [True, False])
def test_a_report_ends_as_the_rules_find_it_told(is_case: bool) -> None:
    ended = REPORT.replace("她", "[person_1]") + "今天退款到账了,问题解决了。"
    told = story(ended, is_case=is_case)

    assert code(told, bias={**kinds(report=SURE), "outcome pending": 2.0}).outcome == "resolved"


# -- cases of reports -------------------------------------------------------------


@pytest.mark.parametrize(
    ("of_case", "of_report", "is_found"),
    [(0.45, None, False), (0.55, None, True), (0.1, 0.45, True), (0.9, 0.1, False)],
)
def test_the_only_case_of_a_report_is_judged_by_all_that_the_report_says(
    of_case: float, of_report: float | None, is_found: bool
) -> None:
    told = story(WAITED, is_case=True)
    coder = copy(rules())
    thresholds = {**THRESHOLDS, "pattern": 0.4}
    coder._model = toy_model(words=RUMOUR_IS_LATE, thresholds=thresholds, bias=A_COMPLAINT)
    weighed = coder.weigh(told, coder.hits(document := coder.document(told)), coder.cues(document))
    opinion = replace(coder.opinion(told, weighed), codes={LATE: of_case})
    whole = None if of_report is None else replace(opinion, codes={LATE: of_report})

    coding = coder.judge(told, weighed, opinion, whole)

    assert ("late_delivery" in on(Axis.PATTERN, coding.findings)) is is_found


# -- the thresholds are the model's -----------------------------------------------


@pytest.mark.parametrize(("threshold", "is_found"), [(0.3, True), (0.4, False)])
def test_a_code_is_found_from_the_threshold_that_its_model_was_given(
    threshold: float, is_found: bool
) -> None:
    bias = {"pattern late_delivery": logit(0.35)}

    coding = code(story(WAITED), bias=bias, thresholds={**THRESHOLDS, "pattern": threshold})

    assert ("late_delivery" in on(Axis.PATTERN, coding.findings)) is is_found


def test_a_chinese_text_has_the_threshold_of_chinese_texts() -> None:
    bias = {"pattern account_theft": logit(0.45)}
    thresholds = {**THRESHOLDS, "pattern": 0.9, "pattern chinese": 0.4}
    words = {"账号": {"pattern account_theft": 0.01}, "sofa": {"pattern account_theft": 0.01}}

    in_chinese = code(story("我那账号没了。"), bias=bias, thresholds=thresholds, words=words)
    in_english = code(story(WAITED), bias=bias, thresholds=thresholds, words=words)

    assert "account_theft" in on(Axis.PATTERN, in_chinese.findings)
    assert "account_theft" not in on(Axis.PATTERN, in_english.findings)


def test_scores_are_the_probabilities_that_the_model_gives() -> None:
    coding = code(story(WAITED), bias={"pattern late_delivery": 1.5})

    assert on(Axis.PATTERN, coding.findings)["late_delivery"].score == pytest.approx(
        1 / (1 + exp(-1.5)), abs=1e-3
    )
