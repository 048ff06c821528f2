import pyarrow as pa
import pytest

from pipelines.analyse import analyse
from pipelines.reading import ReadingContext, read_complaint
from pipelines.records import Complaint, ComplaintId
from pipelines.respondents import build_lexicon, resolve_names
from pipelines.respondents.private_persons import private_name, pseudonym
from pipelines.taxonomy import Taxonomy, load_taxonomy

KEY = b"a key for tests"


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy()


@pytest.mark.parametrize(
    "name",
    [
        *("张伟", "王小明", "欧阳娜娜", " 張 偉 ", "欧阳震华", "林则徐", "Zhang Wei"),
        *(
            "卖家张伟",
            "淘宝店主李建国",
            "张伟(微信)",
            "李建国（个人）",
            "支付宝（张伟）",
            "张伟先生",
        ),
        *("张伟1", "张-伟", "张伟 李强", "*伟", "李建国 15400000000", "阿依古丽·买买提"),
    ],
)
def test_a_bare_personal_name_is_a_private_persons(name: str) -> None:
    assert private_name(name, build_lexicon({})) is not None


@pytest.mark.parametrize(
    "name",
    [
        *(None, "", "张伟商行", "张先生", "李宁", "马蜂窝", "高德", "周大福", "商家", "Acme"),
        *("周黑鸭", "王者", "温州", "金立", "张记", "李家面馆", "微信支付", "Sun Life", "高尔夫"),
    ],
)
def test_companies_shops_and_nobody_are_no_private_persons(name: str | None) -> None:
    assert private_name(name, build_lexicon({})) is None


def test_no_merchant_of_the_taxonomy_passes_for_a_person(taxonomy: Taxonomy) -> None:
    lexicon = build_lexicon(taxonomy.merchants)
    spellings = [
        spelling
        for merchant in taxonomy.merchants.values()
        for spelling in (merchant.name, *merchant.aliases, *merchant.given_only)
    ]

    assert [spelling for spelling in spellings if private_name(spelling, lexicon)] == []


def test_roles_and_asides_do_not_make_another_person() -> None:
    nobody_known = build_lexicon({})

    names = {
        private_name(name, nobody_known) for name in ("张伟", "卖家张伟", "張偉(微信)", "张伟1")
    }

    assert names == {"张伟"}


@pytest.mark.parametrize(
    "given", ["测试商行15400000000.00", "商家 电话154・0000・0000", "qq 1000 00000"]
)
def test_a_respondent_loses_its_number_before_it_is_shown(given: str, taxonomy: Taxonomy) -> None:
    context = ReadingContext.build(taxonomy=taxonomy, key=KEY)
    complaint = Complaint(
        complaint_id=ComplaintId("posts:1"), source="posts", text="不发货", respondent_name=given
    )

    read = read_complaint(complaint, context)

    assert "0000" not in read.parties[0].raw


def test_every_person_of_a_list_goes_from_the_text(taxonomy: Taxonomy) -> None:
    context = ReadingContext.build(taxonomy=taxonomy, key=KEY)
    complaint = Complaint(
        complaint_id=ComplaintId("posts:1"),
        source="posts",
        text="张伟不发货，李 强也不发货",
        respondent_name="张伟、李强",
    )

    read = read_complaint(complaint, context)

    assert read.redacted_text == "[PERSON_1]不发货，[PERSON_2]也不发货"


def test_a_private_respondent_is_shown_under_a_pseudonym_and_nowhere_by_name(
    taxonomy: Taxonomy,
) -> None:
    context = ReadingContext.build(taxonomy=taxonomy, key=KEY)
    complaint = Complaint(
        complaint_id=ComplaintId("posts:1"),
        source="posts",
        text="付了300元，张伟不发货",
        respondent_name="张伟",
    )

    read = read_complaint(complaint, context)

    respondent = read.parties[0]
    assert (respondent.raw, respondent.identity) == (pseudonym("张伟", KEY), "handle")
    assert read.redacted_text == "付了300元，[PERSON_1]不发货"


def test_a_pseudonym_resolves_to_a_merchant_of_its_own(taxonomy: Taxonomy) -> None:
    shown = pseudonym("张伟", KEY)

    resolved = resolve_names(pa.table({"raw": [shown]}), taxonomy).to_pylist()[0]

    assert (resolved["merchant_key"], resolved["merchant_name"]) == (shown, shown)
    assert shown != pseudonym("张伟", b"another")


# -- persons with a contact, and values that name nobody --------------------------------


@pytest.mark.parametrize(
    "given",
    [
        "王丽丽 微信abc12345", "王丽丽(电话15400001234)", "王丽丽 微信号：wx_abcdef",
        "<script>王丽丽</script>", "<b>王丽丽</b>",
    ],
)  # fmt: skip
def test_a_person_with_a_contact_or_tags_is_a_private_person(given: str) -> None:
    assert private_name(given, build_lexicon(load_taxonomy().merchants)) == "王丽丽"


@pytest.mark.parametrize(
    "given",
    [
        "电话[MOBILE_1]", "微信号 [WECHAT_1]", "[PERSON_1] 微信[WECHAT_1]", "微信[WECHAT_1]",
        "电话", "微信号", "<script>[PERSON_1]</script>", "<b></b>",
        "email [EMAIL_1]", "tel: [MOBILE_1]",
    ],
)  # fmt: skip
def test_contact_words_tags_and_placeholders_name_nobody(given: str) -> None:
    lexicon = build_lexicon(load_taxonomy().merchants)

    assert lexicon.identify(given) == (None, "unnamed")


@pytest.mark.parametrize(("given", "key"), [("微信", "wechat"), ("支付宝", "alipay")])
def test_an_app_by_itself_is_still_named(given: str, key: str) -> None:
    assert build_lexicon(load_taxonomy().merchants).identify(given)[0] == key


@pytest.mark.parametrize(
    "given",
    ["mr zebulon quackenbush", "mrs. zebulon quackenbush", "Mr. Zebulon\u200b Quackenbush"],
)
def test_a_titled_name_in_a_column_goes_however_it_is_spelled(given: str) -> None:
    context = ReadingContext.build(taxonomy=load_taxonomy(), key=KEY)
    post = {"id": "1", "text": "Never got my parcel, no refund.", "respondent": given}

    shown = analyse(post, context)["cases"][0]["respondent"]

    assert (shown["raw"], shown["merchant_key"], shown["identity"]) == (
        "[PERSON_1]", None, "unnamed",
    )  # fmt: skip
