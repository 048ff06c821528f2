"""Order numbers and web addresses: what ties two complaints to one matter.

In: a normalised text. Out: sightings that become links. They stay readable. Out of scope:
identifiers of persons, which `identifiers` reports even inside a reference, and sites as a
whole, which thousands name without having met.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extract.sighting import Sighting

_ORDER = re.compile(
    r"(?:订单|单号|流水|交易号|运单|快递|物流|order|transaction|tracking|confirmation)"
    r"(?:编号|号码|号| ?number| ?no\.?| ?id)?[ :是为#]{0,4}"
    r"(?P<value>(?=[a-z-]{0,8}\d{6})[a-z0-9][a-z0-9-]{7,39})(?![a-z0-9])"
)
_SIX_DIGITS = re.compile("[0-9][0-9]{5}")
_HOST_END = re.compile(r"\.(?:com|cn|net|org|top|xyz|vip|cc|shop|app|io|info|site|club|co|me)/")
_WEB = re.compile(
    r"(?<![a-z0-9.@])(?:https?://|www\.)?"
    r"(?P<place>(?:[a-z0-9][a-z0-9-]{0,62}\.){1,4}(?:com|cn|net|org|top|xyz|vip|cc|shop|app|io"
    r"|info|site|club|co|me)"
    r"(?![a-z0-9])/[a-z0-9/_.~%+&=?#@!-]{1,300})"
)


def find_references(text: str) -> Iterator[Sighting]:
    """Report order numbers and web addresses of a normalised text.

    >>> [seen.identity for seen in find_references("订单号:ab-20990101,见 http://www.example.com/x?y=1。")]
    ['ab-20990101', 'example.com/x']
    """
    if _SIX_DIGITS.search(text):
        for match in _ORDER.finditer(text):
            yield Sighting("order", *match.span("value"), match["value"])
    if _HOST_END.search(text):
        for match in _WEB.finditer(text):
            place = match["place"].removeprefix("www.").partition("?")[0].rstrip("/.")
            if "/" in place:
                yield Sighting("url", *match.span(), place)
