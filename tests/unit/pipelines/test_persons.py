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


def test_a_name_cut_short_is_the_person_with_that_given_name() -> None:
    whole, cut = Mention(0, 3, "余", "旭测", ""), Mention(9, 11, "徐", "测", "")

    assert identify([whole, cut]) == [1, 1]
    assert identify([whole, cut._replace(family="王")]) == [1, 2]


def test_an_expert_with_a_full_name_is_nobody_who_was_called_by_the_family_name() -> None:
    text = "Ms. Liu paid. Liu Ceshi, a professor, spoke of it."

    mentions = sorted(set(find_english_names(text)), key=lambda one: (one.start, -one.end))
    whole = [one for one in mentions if text[one.start : one.end] in ("Ms. Liu", "Liu Ceshi")]

    assert identify(whole) == [1, 2]


def test_a_company_that_acts_is_no_protagonist() -> None:
    text = "Chase said no. She called Chase and Chase explained its fee. The Chase card failed."

    assert find_english_names(text) == []


def test_one_word_that_feels_and_acts_is_a_person_throughout() -> None:
    text = "Xiaoce from Foshan bought a card. Xiaoce sighed. The platform ignored Xiaoce."

    assert {text[one.start : one.end] for one in find_english_names(text)} == {"Xiaoce"}
    assert len({one.start for one in find_english_names(text)}) == 3


def test_a_law_firm_is_no_person() -> None:
    assert (
        find_english_names("The Law Offices of Adam Example wrote. Adam Example, P.C. sued.") == []
    )
