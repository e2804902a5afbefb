"""What follows from the data alone, kept in the file until the data change."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, NamedTuple


class Interaction(NamedTuple):
    """One observed act of one account towards another; derived from posts and reactions."""

    platform: Annotated[str, "twitter or mastodon"]
    kind: Annotated[str, "reply, mention, quote, boost, favourite or list_mention"]
    source: Annotated[str, "account that acted"]
    target: Annotated[str, "account acted towards"]
    happened_at: Annotated[datetime | None, "when, UTC; null where the source does not say"]
    at_precision: Annotated[str | None, "second or day"]
    post: Annotated[str, "post key that shows it"]
    weight_units: Annotated[int, "channel weight times share among the people named, in 1/600"]
    source_handle: Annotated[str | None, "what the account that acted is called today"] = None
    target_handle: Annotated[str | None, "what the account acted towards is called today"] = None


class TieDay(NamedTuple):
    """All that one account did towards another on one UTC day."""

    source: Annotated[str, "account that acted"]
    target: Annotated[str, "account acted towards"]
    day: Annotated[date | None, "UTC day; null gathers what the sources do not date"]
    n_reply: Annotated[int, "replies"]
    n_mention: Annotated[int, "mentions"]
    n_quote: Annotated[int, "quotes"]
    n_boost: Annotated[int, "boosts"]
    n_favourite: Annotated[int, "favourites"]
    n_dm: Annotated[int, "direct messages, where their counting was asked for"]
    n_list_mention: Annotated[int, "list mentions"]
    weight_units: Annotated[int, "sum of weights, in 1/600"]


class Tie(NamedTuple):
    """One ordered pair of accounts."""

    source: Annotated[str, "account that acted"]
    target: Annotated[str, "account acted towards"]
    days: Annotated[int, "D: UTC days with at least one reply, mention, quote or direct message, days"]
    first_day: Annotated[date | None, "first such day"]
    last_day: Annotated[date | None, "last such day"]
    n_reply: Annotated[int, "replies"]
    n_mention: Annotated[int, "mentions"]
    n_quote: Annotated[int, "quotes"]
    n_boost: Annotated[int, "boosts"]
    n_favourite: Annotated[int, "favourites, dated or not"]
    n_dm: Annotated[int, "direct messages, where their counting was asked for"]
    n_list_mention: Annotated[int, "list mentions"]
    attention_days: Annotated[int, "UTC days with at least one dated boost or favourite, days"]
    active_bins: Annotated[int, "30-day bins (floor of epoch day / 30) with contact, bins"]
    weight_units: Annotated[int, "sum of weights, in 1/600"]


class Act(NamedTuple):
    """What a text does: one rule that fired, and where."""

    post: Annotated[str, "post key"]
    act: Annotated[
        str,
        "gratitude, help_thanks, uptake, credit, question, advice, resource, answer, praise, congratulation, "
        "introduction, moved_elsewhere, met, passed_on or service",
    ]
    object: Annotated[
        str | None,
        "what a gratitude is for; help, where a question asks for it; yours, where praise is of what the "
        "person addressed made; of a service, who speaks: customer, provider or either",
    ]
    score: Annotated[float, "confidence of the rule, 0 to 1"]
    rule: Annotated[str, "id of the rule that fired"]
    start: Annotated[int | None, "first character of the evidence in the text, characters"]
    stop: Annotated[int | None, "character after the evidence, characters"]


class TextLanguage(NamedTuple):
    """The language a post is read in: as its platform states it, else that of its author's posts."""

    post: Annotated[str, "post key"]
    lang: Annotated[str | None, "language, BCP 47; null where it could not be told"]
    readable: Annotated[bool, "whether there are rules for it: if not, what the text does is not observed"]
