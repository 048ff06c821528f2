import pytest

from pipelines.normalise import normalise
from pipelines.segment import content_words, is_word, sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("标题\n付了钱。没到账!", ["标题", "付了钱。", "没到账!"]),
        ("花了3.5元;没退", ["花了3.5元;", "没退"]),
        ("i paid $3.50. then mr. lee left.", ["i paid $3.50.", "then mr. lee left."]),
        ('他说"退款。"然后消失了', ['他说"退款。"', "然后消失了"]),
        ("。。。!!!", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_stop(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_content_words_leave_out_placeholders_numbers_and_small_words() -> None:
    text = normalise("[PERSON_1]说我们的花呗 12.5 元没到账，the banks were charging fees").text

    words = content_words(text)

    assert words == ("花呗", "到账", "bank", "charging", "fee")


def test_content_words_of_nothing_are_none() -> None:
    assert content_words("") == ()


def test_names_that_the_dictionary_cuts_apart_stay_whole() -> None:
    assert "拼多多" in content_words("拼多多天天领现金")


def test_a_word_is_what_the_dictionary_has() -> None:
    assert is_word("对方")
    assert not is_word("诉方")
