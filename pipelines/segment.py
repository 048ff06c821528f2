"""Sentences, words and content words of a normalised text.

In: the text of `normalise`. Out: the spans of its sentences, its words, and those of them
that carry meaning, in order. Out of scope: what the words mean, and any language written without
blanks other than Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

import rjieba
import yaml

from pipelines.records import Span

_ABBREVIATIONS = ("mr", "ms", "mrs", "dr", "st", "vs", "inc", "ltd", "corp", "approx")
_SENTENCE = re.compile(
    r"[^\s。!?！？;；…\n](?:[^。!?！？;；…\n.]++|\.(?!\s|$)"
    + "".join(rf"|(?<=\b{short})\." for short in _ABBREVIATIONS)
    + r")*+(?:[。!?！？;；…]+|\.)?[\"')\]]*"
)
_PLACEHOLDER = re.compile(r"\[[a-z_]+_\d+\]")
_FIRST_HAN = "\u3400"
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[a-z](?:[a-z'-]*[a-z])?")

_NAMES = (
    "拼多多",
    "多多钱包",
    "支付宝",
    "余额宝",
    "微信支付",
    "花呗",
    "借呗",
    "闲鱼",
    "转转",
    "抖音",
    "快手",
    "小红书",
    "滴滴",
    "美团",
    "饿了么",
    "京东白条",
    "领现金",
    "拆红包",
    "砍价",
    "卡密",
    "提现",
    "到账",
    "扣款",
    "盗刷",
    "盗号",
    "退款",
    "续费",
    "打赏",
    "主播",
)


def sentences(text: str) -> tuple[Span, ...]:
    """Divide a text into sentences, in order, without overlap.

    A sentence ends after 。！？；… or a line break, and after a full stop that a blank
    or the end follows, unless an abbreviation stands before it. Every letter and digit
    belongs to exactly one sentence.

    >>> text = "付了3.5元。没到账!mr. lee said no. so what"
    >>> [text[start:end] for start, end in sentences(text)]
    ['付了3.5元。', '没到账!', 'mr. lee said no.', 'so what']
    """
    return tuple(Span(*match.span()) for match in _SENTENCE.finditer(text))


def words(text: str) -> tuple[str, ...]:
    """List the words of a normalised text in order, small ones too.

    Placeholders, numbers and marks are left out.

    >>> words("[person_1]的花呗 3 天没到账,call a bank")
    ('的', '花呗', '天', '没', '到账', 'call', 'a', 'bank')
    """
    shown = without_placeholders(text)
    if _HAN.search(shown) is None:
        return tuple(_LATIN_WORD.findall(shown))
    return tuple([word for word in _segmenter().cut(shown) if word[0].isalpha()])


def content_words(text: str) -> tuple[str, ...]:
    """List the words of a normalised text that carry meaning, in order, repeats kept.

    Latin words have two letters or more and lose their plural; stop words are left out,
    most single characters of Chinese among them.

    >>> content_words("[person_1]的花呗 3 天没到账,call the banks")
    ('花呗', '到账', 'call', 'bank')
    """
    return content_of(words(text))


def content_of(text_words: Iterable[str]) -> tuple[str, ...]:
    """Keep those words of a text that carry meaning, as `content_words` gives them."""
    return tuple(filter(None, map(_content, text_words)))


def without_placeholders(text: str) -> str:
    """Put blanks in the place of the placeholders of a normalised text; keeps its length."""
    return _PLACEHOLDER.sub(_blanks, text) if "[" in text else text


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


def is_word(text: str) -> bool:
    """Say whether the dictionary of the segmenter has a Chinese word.

    >>> is_word("对方"), is_word("诉方")
    (True, False)
    """
    return bool(_segmenter().has_word(text))


@lru_cache(maxsize=65_536)
def _content(word: str) -> str:
    """Give a word as it counts; nothing for one that carries no meaning."""
    if (len(word) == 1 and word < _FIRST_HAN) or word in _stop_words():
        return ""
    return _singular(word) if word[-1] == "s" else word


def _singular(word: str) -> str:
    """Take the plural or possessive ending off a Latin word."""
    if word.endswith("'s"):
        return word[:-2]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word[-2] not in "siu":
        return word[:-1]
    return word


@cache
def _stop_words() -> frozenset[str]:
    """Read the words that carry no meaning."""
    text = files("pipelines.taxonomy").joinpath("stop_words.yml").read_text(encoding="utf-8")
    lists: dict[str, str] = yaml.safe_load(text)
    return frozenset(word for words in lists.values() for word in words.split())


@cache
def _segmenter() -> rjieba.Jieba:
    """Make this module's own segmenter, which knows the names that jieba cuts apart."""
    segmenter = rjieba.Jieba()
    for name in _NAMES:
        segmenter.add_word(name, 1_000_000, "nz")
    return segmenter
