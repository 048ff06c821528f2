"""One post as CONTRACT section 3 describes it.

In: a narrative, who wrote it when, and about which merchant. Out: the object of one
line of `posts.jsonl`. Out of scope: the truth about it, which no field gives away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from flows.simulate.dice import Dice
from flows.simulate.merchants import Merchant, masks_of_one
from flows.simulate.parameters import SimulationParams
from flows.simulate.parts import Parts
from flows.simulate.people import Complainant, handle
from flows.simulate.texts import Author, Manner, Narrative

Post = dict[str, Any]
"""A JSON object; the shape is CONTRACT section 3."""

CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """Everything that one post is made from; `handle` is a serial number."""

    merchant: Merchant
    person: Complainant
    handle: int
    minute: int
    narrative: Narrative
    manner: Manner
    is_unnamed: bool


class PostMaker:
    """Makes posts; the same dice and postings in the same order give the same posts."""

    def __init__(
        self, params: SimulationParams, parts: Parts, merchants: tuple[Merchant, ...], dice: Dice
    ) -> None:
        self._names = parts.names
        self._general = parts.general
        self._author = Author(parts, dice)
        self._dice = dice
        self._masks = masks_of_one(merchants)
        self._epoch = datetime(
            params.start.year, params.start.month, params.start.day, tzinfo=CHINA
        )

    def make(self, post_id: str, posting: Posting) -> Post:
        """Return the post; what its author leaves out is left out of the object."""
        dice, person, narrative = self._dice, posting.person, posting.narrative
        text = narrative.text()
        at = self._epoch + timedelta(minutes=posting.minute)
        site = dice.pick(self._names.sites)
        post: Post = {"id": post_id, "text": text, "published_at": at.isoformat(), "kind": "post"}
        if narrative.title is not None:
            post["title"] = narrative.title
        if dice.chance(0.88):
            post["author"] = handle(posting.handle, person.language, self._names)
        respondent = self._respondent(posting, text)
        if respondent is not None:
            post["respondent"] = respondent
        if dice.chance(0.6):
            post["region"] = person.region
        if dice.chance(0.5):
            currency = "CNY" if person.language == "zh" else "USD"
            post["amount"] = {"value": f"{person.amount}.00", "currency": currency}
        if dice.chance(0.3):
            post["url"] = f"https://{site}.example.invalid/t/{post_id}"
        self._answer(post, posting, at)
        post["site"] = site
        return post

    def _respondent(self, posting: Posting, text: str) -> str | None:
        """Return the respondent column; it may be missing only where the text names him."""
        if posting.is_unnamed:
            return None
        merchant, dice = posting.merchant, self._dice
        if merchant.name in text and dice.chance(0.12):
            return None
        if dice.chance(0.02):
            return self._masks.get(merchant.number, merchant.name)
        return dice.pick(merchant.written)

    def _answer(self, post: Post, posting: Posting, at: datetime) -> None:
        """Add the status and the merchant's replies."""
        dice, is_resolved = self._dice, posting.manner.is_resolved
        language = posting.person.language
        statuses = self._general[language].statuses
        share = max(posting.merchant.reply_share, 0.5 if is_resolved else 0.0)
        has_reply = not posting.is_unnamed and dice.chance(share)
        if dice.chance(0.7):
            kind = statuses.resolved if is_resolved else statuses.open
            post["status"] = dice.pick(statuses.replied if has_reply and not is_resolved else kind)
        if has_reply:
            replied_at = at + timedelta(minutes=dice.between(60, 9 * 24 * 60))
            reply = self._author.reply(language, is_resolved=is_resolved)
            post["replies"] = [{"by": "merchant", "at": replied_at.isoformat(), "text": reply}]
