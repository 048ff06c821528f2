"""Takes one written name apart: what names, and what merely surrounds it.

In: a name as a source or a text writes it. Out: a `Name`, whose `slug` is equal for the
spellings of one name (case, width, script, legal form, customer-service words). Out of
scope: which merchant it is (`pipelines.respondents.resolve`).

    拼多多客户服务                            -> 拼多多
    WELLS FARGO BANK, NATIONAL ASSOCIATION   -> wells-fargo-bank
    A市A5区恒大绿洲小区二期                   -> 恒大绿洲, a place in A市
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from pipelines.normalise import normalise
from pipelines.respondents.latin_words import is_short_for, latin_words, without_legal_form
from pipelines.respondents.places import Place, is_vague_place, take_place_apart
from pipelines.taxonomy.naming import Naming, load_naming

NameKind = Literal["name", "place", "mask", "handle", "generic", "description"]

LONGEST_SLUG = 80
"""Characters; a longer name is a sentence in the wrong column and is cut."""

LONGEST_NAME = 400
"""Characters that are looked at: what goes on is no name, and may be there to take time."""

LONGEST_UNIT_PLACE = 8
"""Characters that may say where a branch is, between the company and the word for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name taken apart.

    `spellings` are slugs under which it may be known, the fullest first; the last has
    nothing around it any more. `bare` is a name of common words only, without the legal
    form that tells it from its namesakes. `second_names` are slugs of names that it says
    it also has ("X dba Y", "X (Y)"), `first` is that of X. A `generic` name names nobody, a
    `mask` hides characters behind asterisks, a `handle` is an account. `written` is a Chinese
    name without the attendant desk, brackets and all. Only `resolve` makes a `description`.
    """

    kind: NameKind
    spellings: tuple[str, ...] = ()
    bare: str = ""
    second_names: tuple[str, ...] = ()
    first: str = ""
    place: Place | None = None
    written: str = ""

    @property
    def slug(self) -> str:
        """The name without anything that surrounds it; empty when it names nobody."""
        return self.spellings[-1] if self.spellings else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Patterns:
    """The word sets of `naming.yml` as patterns over normalised names."""

    service: re.Pattern[str]
    service_en: re.Pattern[str]
    legal_zh: re.Pattern[str]
    branch_zh: re.Pattern[str]
    weak: re.Pattern[str]
    trades: re.Pattern[str]
    noun: re.Pattern[str]
    shop: re.Pattern[str]
    host: re.Pattern[str]
    host_alone: re.Pattern[str]
    hidden: re.Pattern[str]
    unit: re.Pattern[str]
    product: re.Pattern[str]
    also_known: re.Pattern[str]
    common_words: frozenset[str]
    generic_zh: re.Pattern[str]
    generic_en: re.Pattern[str]
    handle: re.Pattern[str]


_HAN = re.compile(r"[\u3400-\u9fff]")
_PLACEHOLDER = re.compile(r"\[[a-z_]+_\d+\]")
_TAG = re.compile("<[/!a-z][^<>]*>")
_CONTACT_APP = re.compile("微信|wechat|weixin|qq|支付宝|whatsapp|telegram")
_CONTACT_WORD = re.compile(
    "(?:联系|收款|付款|个人|客服|本人|他的|她的)*"
    f"(?:电话|手机|座机|热线|邮箱|邮件|账号|帐号|号码|联系方式|地址|银行卡|卡号|{_CONTACT_APP.pattern})"
    "(?:同号|账号|帐号|号码?|id)*(?:是|为)?"
    r"|(?<![a-z])(?:e-?mail|phone|tel|telephone|mobile|cell|contact|call|text|number|no|id|vx|wx|is"
    r"|at|on|or)(?![a-z])"
)
_NAMING = re.compile(r"[0-9a-z\u3400-\u9fff]+")
_LETTER = re.compile(r"[^\W\d_]")
_BRACKETED = re.compile(r"\(([^()]*)\)?")
_OWN_COUNTRY = re.compile(r"\((?:中国|china)\)")
_OUTLET = re.compile(r"\([^()]{1,12}(?:店|校区|分校|分馆|专柜|门市|网点|分公司|分行|支行)\)$")
_TWICE = re.compile(r"([^()]{2,40})\(([^()]{2,40})\)")
_BRANCH = re.compile(r"(?:,\s*[\w .]+,\s*[a-z]{2}| - .*) branch$")
_OWNED = re.compile(r",\s*an?\s+[\w &']+\s(?:company|corporation)$")
_SHORT_FORMS = {
    "incorporated": "inc",
    "incorporation": "inc",
    "lnc": "inc",
    "corporation": "corp",
    "limited": "ltd",
    "co": "company",
}
_MASKED_PART = re.compile(r"\*+")
_PSEUDONYM = re.compile(r"person-[0-9a-f]{12}")
_ACCOUNT = re.compile(r"[a-z_]{0,4}\d{5,}[a-z0-9_]*")


@lru_cache(maxsize=16_384)
def take_name_apart(raw: str) -> Name:
    """Take a name apart, whoever it names.

    >>> take_name_apart("京东客服").slug, take_name_apart("Wells Fargo & Company").slug
    ('京东', 'wells-fargo')
    >>> take_name_apart("一家网店").kind, take_name_apart("信*飞").kind
    ('generic', 'mask')
    """
    spelled = _named_in(normalise(raw[:LONGEST_NAME]).text)
    if not _NAMING.search(spelled):
        return Name(kind="generic")
    if "*" in spelled:
        return _masked(spelled)
    if _HAN.search(spelled):
        return _chinese(spelled)
    return _latin(spelled)


def _named_in(spelled: str) -> str:
    """Take away tags and placeholders; where only words for a contact are left, those as well.

    The name of an app that is a word for a contact (微信) names it only by itself.
    """
    left = _PLACEHOLDER.sub(" ", _TAG.sub(" ", spelled)).strip()
    if left == spelled.strip() and _CONTACT_APP.fullmatch(left):
        return left
    return left if _NAMING.search(_CONTACT_WORD.sub(" ", left)) else ""


def reduced_spellings(slug: str) -> Iterator[str]:
    """Give what is left of a slug without words that only sometimes are part of a name.

    It is believed only where what is left is a known or seen name.

    >>> list(reduced_spellings("淘手游app")), list(reduced_spellings("acme-store-app"))
    (['淘手游'], ['acme-store', 'acme'])
    >>> list(reduced_spellings("星河天猫旗舰店"))
    ['星河天猫', '星河']
    """
    patterns = _patterns()
    while len(cut := patterns.weak.sub("", slug)) > 1 and cut != slug:
        yield cut
        if patterns.shop.search(slug) and len(cut := patterns.host.sub("", cut)) > 1:
            yield cut
        slug = cut


def whole_spellings(slug: str) -> Iterator[str]:
    """Give the companies that a unit of a company may belong to, the longest name first.

    >>> "招商银行" in whole_spellings("招商银行某地分行")
    True
    """
    unit = _patterns().unit.search(slug)
    if unit:
        for end in range(unit.start(), max(1, unit.start() - LONGEST_UNIT_PLACE) - 1, -1):
            yield slug[:end]


def product_owners(slug: str) -> Iterator[str]:
    """Give what is left of a slug without a product or service that a known merchant may have.

    >>> list(product_owners("饿了吗外卖")), list(product_owners("去哪儿旅行app"))
    (['饿了吗'], ['去哪儿'])
    """
    for cut in (slug, *reduced_spellings(slug)):
        owner = _patterns().product.sub("", cut)
        if owner != cut and len(owner) > 1:
            yield owner


def slug_of(text: str) -> str:
    """Write a normalised name as a key: packed if Chinese, joined by hyphens otherwise.

    >>> slug_of("一汽-大众"), slug_of("h & r block")
    ('一汽大众', 'h-and-r-block')
    """
    if _HAN.search(text):
        return "".join(_NAMING.findall(text))[:LONGEST_SLUG]
    return "-".join(latin_words(text))[:LONGEST_SLUG]


def _masked(spelled: str) -> Name:
    """Tell a masked name, of which enough is left to recognise it, from a masked account."""
    left = _MASKED_PART.sub("", spelled)
    letters = len(_LETTER.findall(left))
    if letters == 0:
        return Name(kind="handle")
    if _ACCOUNT.search(left) or (letters < 3 and not _HAN.search(left)):
        return Name(kind="handle")
    pattern = _MASKED_PART.sub(lambda stars: "*" * len(stars.group()), _unserved(spelled))
    return Name(kind="mask", spellings=(pattern,))


def _chinese(spelled: str) -> Name:
    patterns = _patterns()
    if patterns.hidden.search(spelled):
        return _half_hidden(spelled)
    packed = slug_of(spelled)
    core = _unserved(_OWN_COUNTRY.sub("", spelled))
    core = patterns.branch_zh.sub(r"\1", _OUTLET.sub("", core) or core)
    slug = slug_of(core)
    if _is_generic_chinese(packed) or not slug or _is_generic_chinese(slug):
        return Name(kind="generic", spellings=(packed,))
    if patterns.handle.match(packed):
        return Name(kind="handle", spellings=(packed,))
    place = take_place_apart(core)
    if place is not None:
        return replace(_place_name(packed, slug, place), written=core)
    again = tuple(_in_two_scripts(core))
    short = again[-1] if again else slug_of(patterns.legal_zh.sub("", core))
    spellings = _distinct((packed, slug, *again, short or slug))
    return Name(kind="name", spellings=spellings, written=core)


def _in_two_scripts(core: str) -> Iterator[str]:
    """Give the slugs of a name that is written again in brackets, in the other script.

    京东(jd.com), paypal(贝宝)
    """
    both = _TWICE.fullmatch(core)
    if both and (_HAN.search(both[1]) is None) != (_HAN.search(both[2]) is None):
        yield from (slug_of(both[2]), slug_of(both[1]))


def _half_hidden(spelled: str) -> Name:
    """Take apart a name of which a sign hides a part: 拼xx, 某宝.

    Of 某平台 and xx科技有限公司 nothing is left that names; of other names with 某 too little.
    """
    patterns = _patterns()
    left = slug_of(patterns.legal_zh.sub("", patterns.hidden.sub("", spelled)))
    core = patterns.trades.sub("", left)
    if not core or len(core) > 3 or patterns.noun.search(core) or take_place_apart(core):
        return Name(kind="generic", spellings=(slug_of(spelled),))
    return Name(kind="mask", spellings=(patterns.hidden.sub(_stars, spelled),))


def _stars(sign: re.Match[str]) -> str:
    return "某" if "某" in sign.group() else "**"


def _place_name(packed: str, slug: str, place: Place) -> Name:
    """A region alone, or a common name without a region, names nobody in particular."""
    core = slug_of(place.core)
    if len(core) < 2 or is_vague_place(core) or (place.is_common and not place.regions):
        return Name(kind="generic", spellings=(packed, slug), place=place)
    return Name(kind="place", spellings=_distinct((packed, slug, core)), place=place)


def _is_generic_chinese(packed: str) -> bool:
    patterns = _patterns()
    if "某" in packed or patterns.generic_zh.fullmatch(packed) is not None:
        return True
    return patterns.host_alone.fullmatch(packed) is not None


def _unserved(spelled: str) -> str:
    """Take the attendant desk off the end of a name, as long as a name remains."""
    patterns = _patterns()
    while (cut := patterns.service.sub("", spelled).strip(" -_·:,")) != spelled and cut:
        spelled = cut
    return spelled


def _latin(spelled: str) -> Name:
    patterns = _patterns()
    unserved = patterns.service_en.sub("", spelled).strip() or spelled
    words = latin_words(unserved)
    if patterns.generic_en.fullmatch(" ".join(words)) or not _LETTER.search(unserved):
        return Name(kind="generic", spellings=("-".join(words),))
    if _ACCOUNT.fullmatch(unserved) or _PSEUDONYM.fullmatch(unserved):
        return Name(kind="handle", spellings=(unserved,))
    first, *others = patterns.also_known.split(_OWNED.sub("", _BRANCH.sub("", unserved)))
    core, qualifiers, aliases = _bracketed(first)
    written = latin_words(core) or words
    core_words = without_legal_form(written)
    bare = ""
    if _is_common(core_words) and len(written) > len(core_words):
        bare = "-".join((*core_words, *qualifiers))
        core_words = (*core_words, *_legal_form(written, core_words))
    slug = "-".join((*core_words, *qualifiers))[:LONGEST_SLUG]
    return Name(
        kind="name",
        spellings=_distinct((slug_of(spelled), "-".join(words), slug)),
        bare=bare,
        second_names=_distinct(
            "-".join(without_legal_form(latin_words(name)))
            for name in (*others, *aliases, " ".join(qualifiers))
        ),
        first="-".join(without_legal_form(written)),
    )


def _is_common(words: tuple[str, ...]) -> bool:
    """Say whether several companies may well have this name: common words, or short initials."""
    return _patterns().common_words.issuperset(words) or len("".join(words)) < 5


def _legal_form(written: list[str], core: tuple[str, ...]) -> tuple[str, ...]:
    """Give the legal form that stands after the core, in its short spelling."""
    start = 1 if written[:1] == ["the"] else 0
    form = written[start + len(core) :]
    return tuple(_SHORT_FORMS.get(word, word) for word in form if word not in ("the", "and"))


def _bracketed(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Divide a name into what stands outside brackets, a qualifier, and another name.

    A state tells namesakes apart and stays; initials and former names are other names.
    """
    qualifiers: list[str] = []
    aliases: list[str] = []
    for inside in _BRACKETED.findall(text):
        words = latin_words(inside)
        outside = latin_words(_BRACKETED.sub(" ", text))
        if "".join(words) in ("closed", "us", "usa"):
            continue
        if is_short_for("".join(words), outside) or len(words) > 2:
            aliases.append(inside)
        else:
            qualifiers += words
    return _BRACKETED.sub(" ", text), tuple(qualifiers), tuple(aliases)


def _distinct(slugs: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slug for slug in slugs if slug))


@cache
def _patterns() -> _Patterns:
    naming = load_naming()
    return _Patterns(
        service=re.compile(f"(?:{_service(naming)}|[ ·-]*(?:{_any(naming.service_en)}))$"),
        service_en=re.compile(rf"\W+(?:{_any(naming.service_en)})$"),
        legal_zh=re.compile(f"(?:{_any(naming.legal_zh)})+$"),
        branch_zh=re.compile(
            rf"((?:{_any(naming.legal_zh)}))[\u3400-\u9fff]{{1,8}}(?:{_any(naming.units)})$"
        ),
        weak=re.compile(f"(?:(?:{_any(naming.weak_zh)})|-(?:{_any(naming.weak_en)}))$"),
        trades=re.compile(f"(?:{_any(naming.trades)})+$"),
        noun=re.compile(f"(?:{_any(naming.generic_nouns_zh)})$"),
        shop=re.compile(f"(?:{_any(naming.shop_words)})$"),
        host=re.compile(f"(?:{_any(naming.shop_hosts)})$"),
        host_alone=_host_alone(naming),
        hidden=re.compile(rf"(?<![a-z0-9])(?:{_any(naming.mask_signs)})+(?![a-z0-9])"),
        unit=re.compile(f"(?:{_any(naming.units)})$"),
        product=re.compile(f"(?:{_any(naming.products)})$"),
        also_known=re.compile(rf"(?<![a-z])(?:{_any(naming.also_known)})(?![a-z])[:.]?"),
        common_words=frozenset(naming.common_words),
        generic_zh=re.compile(
            f"(?:{_any(naming.generic_openers_zh)}|的)*(?:{_any(naming.generic_nouns_zh)})+"
        ),
        generic_en=re.compile(
            f"(?:(?:{_any(naming.generic_openers_en)}) )*(?:{_any(naming.generic_nouns_en)})"
            "(?: (?:on|in|from|at|via) .*)?".replace("-", " ")
        ),
        handle=re.compile(f"(?:{_any(naming.handle_words)})[0-9a-z]"),
    )


def _host_alone(naming: Naming) -> re.Pattern[str]:
    """天猫旗舰店, 淘宝卖家: somebody there, unlike 京东自营旗舰店, which is its host's own."""
    hosts = [host for host in naming.shop_hosts if not host.endswith("自营")]
    shops = [word for word in naming.shop_words if not word.startswith("官方")]
    return re.compile(f"(?:{_any(hosts)})(?:上的|的)?(?:{_any(shops)})")


def _service(naming: Naming) -> str:
    """客服, 客户服务中心, 官方客服; but not 服务中心 alone, which is an office of its own."""
    whose = _any((*naming.service_openers, *naming.service_whose))
    acts = _any(naming.service_acts)
    desk = f"(?:(?:{whose})+(?:{acts})|客服|投诉|售后)(?:{_any(naming.service_places)})?"
    number = r"(?:[ :]*\d{3,12})?"
    return f"(?:{desk}|{_any(naming.service_channels)}){number}"


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))
