"""Contacts, addresses and papers in the spellings that people use."""

from __future__ import annotations

import pytest

from pipelines.redact import redact


def _kinds(text: str) -> set[str]:
    return {one.kind for one in redact(text, b"key").redactions}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("电话1540\n0729914,我没改过地址", "mobile"),
        ("I'm on 07700900577 if you want to talk", "mobile"),
        ("蔻蔻号是1000738842,加我退款", "qq"),
        ("她的v信是no_body.77", "wechat"),
        ("wx号也是nobody_0077", "wechat"),
        ("邮箱no_body小老鼠example点com", "email"),
        ("地址虚县柳树乡前赵庄村4组", "address"),
        ("苏州市姑苏区某某街道临溪巷27号403,到付", "address"),
        ("he drives a white van QA68 OOH", "plate"),
        ("Vehicle: 0QXJ000, silver", "plate"),
        ("my number?\n0 7 7 0 0 9 0 0 0 0 0", "mobile"),
        ("Mei, 07700-900-000 (paid)", "mobile"),
        ("tel (home): 0161 496 0000", "landline"),
        ("发邮件no_body下划线77@example点com", "email"),
        ("write no underscore body at example dot com", "email"),
        ("wechat nobody-visa-help, he said", "wechat"),
    ],
)
def test_a_contact_in_a_loose_spelling_goes(text: str, kind: str) -> None:
    assert kind in _kinds(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("付了1540\n又付了729914元", "mobile"),
        ("order 17700900577123 never came", "mobile"),
        ("秋秋说要1000元,没退", "qq"),
        ("v信是骗子,version 2.77", "wechat"),
        ("市里到柳树乡前赵庄的路没修,4组村民反映", "address"),
        ("临溪巷27号开了店,付了403元", "wechat"),
        ("order QA68 OOH never came", "plate"),
        ("Vehicle: 7 seats, 100 km", "plate"),
        ("0 7 7 0 0 9 0 0 0 0 0 1 2 were the draws", "mobile"),
        ("on 01-02-2020 I paid 0161 4", "landline"),
        ("wechat step-by-step guide", "wechat"),
    ],
)
def test_what_only_looks_like_a_contact_stays(text: str, kind: str) -> None:
    assert kind not in _kinds(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("学员曲比阿乌可以作证", "曲比阿乌"),
        ("担保人写成了热依扎·阿不都热合曼的名字", "热依扎·阿不都热合曼"),
        ("公司人事次仁多吉扣了证件", "次仁多吉"),
    ],
)
def test_a_name_by_its_sound_goes_whole(text: str, name: str) -> None:
    redacted = redact(text, b"key")

    assert name not in redacted.narrative.text
    assert _kinds(text) == {"person"}


def test_a_brand_with_letters_of_names_by_sound_stays() -> None:
    assert _kinds("阿里巴巴和巴图鲁游戏都不退") == set()
