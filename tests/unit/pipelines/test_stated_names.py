"""Names that a text states as such, of rare families and of words too."""

from __future__ import annotations

import pytest

from pipelines.redact import redact


def _persons(text: str) -> list[str]:
    found = redact(text, b"key").redactions
    return [text[slice(*one.raw_span)] for one in found if one.kind == "person"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我叫万事如,别笑", "万事如"),
        ("户名燕归去。", "燕归去"),
        ("投诉人（签名）：揭测峰\n", "揭测峰"),
        ("名字备注逄测,说能办", "逄测"),
        ("对方全名我问到了,满测国,手机关机", "满测国"),
        ("姓名/电话/地址：木合塔测/15400000000/某处", "木合塔测"),
        ("受害人拉测，82岁", "拉测"),
        ("你就是卜测？上次卖我坏显卡", "卜测"),
        ("我儿子陈向阳残疾", "陈向阳"),
        ("村会计邢有才说指标没了", "邢有才"),
        ("司机师傅郎学兵开得快", "郎学兵"),
        ("我同事庄重那里也接到了", "庄重"),
        ("姓名拼音CESHI XIAOLIN，写反了", "CESHI XIAOLIN"),
        ("本人CHAN Siu Test（陳小測），現居", "CHAN Siu Test"),
    ],
)
def test_a_name_that_is_stated_goes_whatever_it_looks_like(text: str, name: str) -> None:
    assert name in _persons(text)


@pytest.mark.parametrize(
    "text",
    [
        "我叫停了服务,我叫车,我叫外卖,我叫苦",
        "收款人商家,户名是平台,签名：同意,姓名：不详,联系人：客服",
        "全名是什么,真名不知道,随便",
        "你是平台吗?你就是骗子?他是经理吧",
        "会计金额不对,司机严重超速,师傅满口答应,我妈妈高血压,我女儿马上就到",
        "客服谢绝退款,客服承诺退款,中介收取押金,客服应付了事,骑手习惯性迟到",
        "村民反映,男人们都走了,老人身体差,78岁了",
        "姓名/电话/地址：不填/不给/没有",
    ],
)
def test_words_after_words_for_persons_are_no_names(text: str) -> None:
    assert _persons(text) == []
