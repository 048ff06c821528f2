"""Private persons given as respondents: told by a bare name, shown under a keyed pseudonym.

In: what a source's column gives as a name. Out: whether it is a person's and nobody
known, and the pseudonym to show in its place. Out of scope: names inside texts
(`pipelines.redact`), and persons who trade under a name that is not Chinese.

    张伟      -> person-9d1f3a0b57c2, the same wherever that name is given
    张伟商行   -> as it is
"""

from __future__ import annotations

import hmac

from pipelines.extract.personal_names import is_usual_name
from pipelines.normalise import normalise
from pipelines.respondents.lexicon import Lexicon
from pipelines.respondents.names import take_name_apart


def private_name(given: str | None, lexicon: Lexicon) -> str | None:
    """Give the normalised name of a private person; None for anybody else.

    >>> from pipelines.respondents.lexicon import build_lexicon
    >>> nobody_known = build_lexicon({})
    >>> private_name(" 張偉 ", nobody_known), private_name("张伟商行", nobody_known)
    ('张伟', None)
    """
    name = normalise(given or "").text.replace(" ", "")
    if not is_usual_name(name) or lexicon.known(take_name_apart(name)):
        return None
    return name


def pseudonym(name: str, key: bytes) -> str:
    """Give what stands for a private person: equal for equal names under one key.

    >>> pseudonym("张伟", b"key") == pseudonym("张伟", b"key") != pseudonym("张伟", b"other")
    True
    """
    return f"person-{hmac.digest(key, f'person:{name}'.encode(), 'sha256').hex()[:12]}"
