from pipelines.extract.chinese_names import find_chinese_names
from pipelines.extract.english_names import find_english_names
from pipelines.extract.persons import Mention, identify


def named(text: str) -> set[str]:
    return {text[one.start : one.end] for one in find_chinese_names(text)}


def test_a_title_after_a_word_is_no_name() -> None:
    assert named("高级经理、班主任、对方经理、高中老师、提高老师待遇") == set()


def test_a_title_after_a_name_is_one() -> None:
    assert named("柳主任不在,邓测验老师在,欧阳先生也在") >= {"柳", "邓测验老师", "欧阳先生"}


def test_a_company_is_not_named_after_a_person() -> None:
    text = "Mr. Chase works there. Chase Bank refused."

    assert {text[one.start : one.end] for one in find_english_names(text)} == {"Mr. Chase", "Chase"}
    assert all(one.end <= text.index("Chase Bank") for one in find_english_names(text))


def test_the_latest_person_of_a_family_name_is_meant() -> None:
    mentions = [
        Mention(0, 2, "李", "一", ""),
        Mention(3, 5, "李", "二", ""),
        Mention(6, 9, "李", "", "m"),
    ]

    assert identify(mentions) == [1, 2, 2]
