import pyarrow as pa
import pytest

from pipelines.reading import ReadingContext, read_complaint
from pipelines.records import Complaint, ComplaintId
from pipelines.respondents import build_lexicon, resolve_names
from pipelines.respondents.private_persons import private_name, pseudonym
from pipelines.taxonomy import Taxonomy, load_taxonomy

KEY = b"a key for tests"


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy()


@pytest.mark.parametrize("name", ["张伟", "王小明", "欧阳娜娜", " 張 偉 "])
def test_a_bare_personal_name_is_a_private_persons(name: str) -> None:
    assert private_name(name, build_lexicon({})) is not None


@pytest.mark.parametrize(
    "name", [None, "", "张伟商行", "张先生", "李宁", "马蜂窝", "高德", "周大福", "商家", "Acme"]
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
