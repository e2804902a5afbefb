"""What the analyses say about one ego."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple


class Person(NamedTuple):
    """One alter as seen from one ego: contact, give and take, and mentoring-like evidence.

    ``x_status`` is the state of ``x``: value, insufficient, not_observed or
    no_contact. Where it is not value, ``x`` is null, except 0 under no_contact.
    """

    ego: Annotated[str, "account whose network this is"]
    account: Annotated[str, "the alter"]
    handle: Annotated[str | None, "the alter's latest handle; null where no source shows it"]
    display_name: Annotated[str | None, "the alter's latest name"]
    strength: Annotated[float | None, "S, 0 to 1: index of how likely ego contacts them in the next 30 days"]
    strength_status: Annotated[str, "state of strength"]
    strength_reason: Annotated[str, "why there is no strength; empty if there is one"]
    in_touch: Annotated[int | None, "rank by strength, 1 is highest"]
    thin: Annotated[bool, "fewer than 3 days of contact in both directions: read strength with care"]
    days_out: Annotated[
        int | None, "D: days on which ego contacted them, days; null where ego's posts are not here"
    ]
    days_in: Annotated[int | None, "days on which they contacted ego, days; null where not observed"]
    first_day: Annotated[date | None, "first day of observed contact, UTC"]
    last_day: Annotated[date | None, "last day of observed contact, UTC"]
    amount: Annotated[float | None, "ln(1+D) against the 95th percentile of ego's alters, 0 to 1"]
    persistence: Annotated[float | None, "30-day bins with contact / bins since the first, 0 to 1"]
    persistence_status: Annotated[str, "state of persistence; needs 3 bins"]
    burstiness: Annotated[float | None, "-1 regular, 0 random, 1 bursts"]
    burstiness_status: Annotated[str, "state of burstiness; needs 5 gaps"]
    trend: Annotated[float | None, "ln of contact days in the last 90 days against the 90 before"]
    trend_status: Annotated[str, "state of trend"]
    circle: Annotated[int | None, "1 innermost; null for those with too little contact"]
    gone_quiet: Annotated[bool, "no contact for much longer than usual, counted in ego's own active days"]
    quiet_since: Annotated[date | None, "last contact of one gone quiet"]
    back_in_touch: Annotated[date | None, "contact after such a gap, the latest"]
    balance: Annotated[float | None, "share of contact days that are theirs, 0 to 1"]
    balance_lo: Annotated[float | None, "lower end of its 95 % interval"]
    balance_hi: Annotated[float | None, "upper end of its 95 % interval"]
    balance_status: Annotated[str, "state of balance"]
    balance_label: Annotated[str | None, "mutual, you give more, they give more or uncertain"]
    response_rate: Annotated[float | None, "share of ego's answerable posts that they answered within 7 days"]
    response_lo: Annotated[float | None, "lower end of its Wilson interval, unshrunk"]
    response_hi: Annotated[float | None, "upper end of its Wilson interval, unshrunk"]
    response_n: Annotated[int, "ego's answerable posts towards them, posts"]
    response_status: Annotated[str, "state of response_rate; needs 5"]
    response_hours: Annotated[float | None, "median time to their answer, Kaplan-Meier, hours"]
    response_hours_status: Annotated[str, "state of response_hours"]
    thanked_days: Annotated[
        int | None, "days on which ego thanked them for help, days; null where not observed"
    ]
    thanked_first: Annotated[date | None, "first such day"]
    thanked_last: Annotated[date | None, "last such day"]
    thanked_exposed: Annotated[int, "days on which ego wrote to them: those that could show thanks, days"]
    help_in_thanks: Annotated[float | None, "help received, from ego's thanks, corrected for volume, days"]
    help_in_thanks_lo: Annotated[float | None, "lower end of its 95 % interval, days"]
    help_in_thanks_hi: Annotated[float | None, "upper end of its 95 % interval, days"]
    help_in_thanks_status: Annotated[str, "state of help_in_thanks"]
    offered_days: Annotated[int | None, "days on which they offered ego something; null where not observed"]
    help_in_offers: Annotated[float | None, "help received, from their offers, corrected for volume, days"]
    help_in_offers_lo: Annotated[float | None, "lower end of its 95 % interval, days"]
    help_in_offers_hi: Annotated[float | None, "upper end of its 95 % interval, days"]
    help_in_offers_status: Annotated[str, "state of help_in_offers"]
    given_days: Annotated[
        int | None, "days on which ego offered them advice or something to use; null where not observed"
    ]
    given_first: Annotated[date | None, "first such day"]
    given_last: Annotated[date | None, "last such day"]
    help_out_offers: Annotated[float | None, "help given, from ego's offers, corrected for volume, days"]
    help_out_offers_lo: Annotated[float | None, "lower end of its 95 % interval, days"]
    help_out_offers_hi: Annotated[float | None, "upper end of its 95 % interval, days"]
    help_out_offers_status: Annotated[str, "state of help_out_offers"]
    thanked_back_days: Annotated[
        int | None, "days on which they thanked ego for help; null where not observed"
    ]
    help_out_thanks: Annotated[float | None, "help given, from their thanks, corrected for volume, days"]
    help_out_thanks_lo: Annotated[float | None, "lower end of its 95 % interval, days"]
    help_out_thanks_hi: Annotated[float | None, "upper end of its 95 % interval, days"]
    help_out_thanks_status: Annotated[str, "state of help_out_thanks"]
    help_share: Annotated[float | None, "share of help that ego received, within one instrument, 0 to 1"]
    help_share_lo: Annotated[float | None, "lower end of its 95 % interval"]
    help_share_hi: Annotated[float | None, "upper end of its 95 % interval"]
    help_share_status: Annotated[str, "state of help_share"]
    credit_days: Annotated[int | None, "days on which ego credited them or quoted them with a comment, days"]
    attention_days: Annotated[int | None, "days on which ego boosted or favourited them, where dated, days"]
    quick_help: Annotated[int, "confirmed single helps, episodes"]
    follows_out: Annotated[bool | None, "ego follows them; null where not observed"]
    follows_in: Annotated[bool | None, "they follow ego; null where not observed"]
    roles: Annotated[
        str,
        "roles whose rule holds, joined by ;  a trailing ? where the unseen side could change the verdict",
    ]


class Evidence(NamedTuple):
    """One post that speaks for something, with the rule that fired."""

    ego: Annotated[str, "account whose network this is"]
    account: Annotated[str, "the alter"]
    direction: Annotated[str, "in: help that ego received; out: help that ego gave"]
    instrument: Annotated[
        str, "thanks (the receiver's words), offers (the giver's words) or credit (ego passes on their work)"
    ]
    day: Annotated[date | None, "UTC day"]
    post: Annotated[str, "post key"]
    act: Annotated[str, "act found in the text"]
    object: Annotated[str | None, "what a gratitude is for"]
    rule: Annotated[str, "id of the rule that fired"]
    text: Annotated[str | None, "the post"]
    start: Annotated[int | None, "first character of the evidence in the text, characters"]
    stop: Annotated[int | None, "character after the evidence, characters"]
    url: Annotated[str | None, "where the post can be opened"]
