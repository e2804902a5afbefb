"""What the analyses say about one ego."""

from __future__ import annotations

from datetime import date, datetime
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
    in_touch: Annotated[
        int | None,
        "rank in touch, 1 is highest: by strength, or where `validate` spoke against it by D/(14+R)",
    ]
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
    thanked_chances: Annotated[
        float | None,
        "N: days on which ego's words to them could be taken for such thanks by mistake, days; "
        "null where not observed",
    ]
    help_in_thanks: Annotated[float | None, "help received, from ego's thanks, corrected for volume, days"]
    help_in_thanks_lo: Annotated[float | None, "lower end of its 95 % interval, days"]
    help_in_thanks_hi: Annotated[float | None, "upper end of its 95 % interval, days"]
    help_in_thanks_status: Annotated[str, "state of help_in_thanks"]
    offered_days: Annotated[int | None, "days on which they offered ego something; null where not observed"]
    offered_chances: Annotated[
        float | None,
        "N: days on which their words to ego could be taken for an offer by mistake, days; "
        "null where not observed",
    ]
    help_in_offers: Annotated[float | None, "help received, from their offers, corrected for volume, days"]
    help_in_offers_lo: Annotated[float | None, "lower end of its 95 % interval, days"]
    help_in_offers_hi: Annotated[float | None, "upper end of its 95 % interval, days"]
    help_in_offers_status: Annotated[str, "state of help_in_offers"]
    given_days: Annotated[
        int | None,
        "days on which ego offered them advice, an answer or something to use; null where not observed",
    ]
    given_first: Annotated[date | None, "first such day"]
    given_last: Annotated[date | None, "last such day"]
    given_chances: Annotated[
        float | None,
        "N: days on which ego's words to them could be taken for an offer by mistake, days; "
        "null where not observed",
    ]
    help_out_offers: Annotated[float | None, "help given, from ego's offers, corrected for volume, days"]
    help_out_offers_lo: Annotated[float | None, "lower end of its 95 % interval, days"]
    help_out_offers_hi: Annotated[float | None, "upper end of its 95 % interval, days"]
    help_out_offers_status: Annotated[str, "state of help_out_offers"]
    thanked_back_days: Annotated[
        int | None, "days on which they thanked ego for help; null where not observed"
    ]
    thanked_back_chances: Annotated[
        float | None,
        "N: days on which their words to ego could be taken for such thanks by mistake, days; "
        "null where not observed",
    ]
    help_out_thanks: Annotated[float | None, "help given, from their thanks, corrected for volume, days"]
    help_out_thanks_lo: Annotated[float | None, "lower end of its 95 % interval, days"]
    help_out_thanks_hi: Annotated[float | None, "upper end of its 95 % interval, days"]
    help_out_thanks_status: Annotated[str, "state of help_out_thanks"]
    help_share: Annotated[
        float | None, "share of help that ego received, seen in the same way in both directions, 0 to 1"
    ]
    help_share_lo: Annotated[float | None, "lower end of its 95 % interval"]
    help_share_hi: Annotated[float | None, "upper end of its 95 % interval"]
    help_share_status: Annotated[str, "state of help_share"]
    credit_days: Annotated[int | None, "days on which ego credited them or quoted them with a comment, days"]
    credit_by_name_days: Annotated[int | None, "days on which ego credited them by name, days"]
    attention_days: Annotated[int | None, "days on which ego boosted or favourited them, where dated, days"]
    quick_help: Annotated[int, "confirmed single helps, episodes"]
    follows_out: Annotated[bool | None, "ego follows them; null where not observed"]
    follows_in: Annotated[bool | None, "they follow ego; null where not observed"]
    account_kind: Annotated[
        str,
        "what the account looks like: brand (an organisation, a product, a feed), desk (a service desk), "
        "person, or unknown",
    ]
    account_kind_score: Annotated[
        float | None,
        "how likely it is a brand, or of a desk a service desk, 0 to 1; null where too little is known",
    ]
    account_kind_why: Annotated[str, "signs that speak for it, the strongest first, joined by ;"]
    is_provider: Annotated[
        bool,
        "whether their help is owed, so that it makes no mentor: a service desk, whoever serves ego, surely "
        "a brand, or labelled brand or work-tie",
    ]
    labels: Annotated[str, "what the user calls them, joined by ;  empty without a label"]
    roles: Annotated[
        str,
        "roles whose rule holds, joined by ;  a trailing ? where the unseen side could change the verdict",
    ]


class HeldRole(NamedTuple):
    """A role that holds of one alter, and what it rests on.

    ``estimate`` with ``lo`` and ``hi`` stands where the role rests on one: help corrected for volume,
    or attention weighed by how seen it makes ego. Days that are counted as they are have none.
    """

    ego: Annotated[str, "account whose network this is"]
    account: Annotated[str, "the alter"]
    role: Annotated[
        str,
        "mentor, mentee, peer_mentor, just_in_time_helper, role_model, amplifier, broadcaster or gone_quiet",
    ]
    sure: Annotated[bool, "no unseen side could change the verdict; false where the role carries a ?"]
    agreement: Annotated[
        float | None,
        "share of 500 draws of conversations in which the rule holds, 0 to 1; null where draws cannot judge",
    ]
    n: Annotated[int, "how much of `unit` was seen"]
    unit: Annotated[str, "what was counted"]
    estimate: Annotated[float | None, "what n is an estimate of, corrected, days"]
    lo: Annotated[float | None, "lower end of its 95 % interval, days"]
    hi: Annotated[float | None, "upper end of its 95 % interval, days"]
    first_day: Annotated[date | None, "first day of what was counted, UTC"]
    last_day: Annotated[date | None, "last day of what was counted, UTC"]
    coverage: Annotated[str, "how much of either side is in the sources, in words"]


class FunctionScore(NamedTuple):
    """How far one mentoring function shows between ego and one alter, in one direction."""

    ego: Annotated[str, "account whose network this is"]
    account: Annotated[str, "the alter"]
    direction: Annotated[str, "in: what they do for ego; out: what ego does for them"]
    function: Annotated[
        str,
        "coaching, exposure, sponsorship, challenge, protection, role_modelling, confirmation, counselling "
        "or friendship",
    ]
    score: Annotated[
        float | None, "F: D/(D+3) of D corrected days, 0 to 1; null unless status is value or no_contact (0)"
    ]
    lo: Annotated[float | None, "lower end of its 95 % interval"]
    hi: Annotated[float | None, "upper end of its 95 % interval"]
    n: Annotated[int, "days on which it was seen, days"]
    status: Annotated[str, "state of score"]
    reason: Annotated[str, "why there is no score; of coaching, whose words it rests on; else empty"]


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
    above_post: Annotated[
        str | None, "post of somebody else's that it answers, where the file holds its text"
    ]
    above_account: Annotated[str | None, "who wrote that post"]
    above_text: Annotated[str | None, "that post: what an answer answers, and what thanks may be for"]


class Episode(NamedTuple):
    """Help that passed between ego and one alter: asked, answered, thanked for, as far as it is seen.

    A part that is null is not in the file: unseen, or never written.
    """

    ego: Annotated[str, "account whose network this is"]
    account: Annotated[str, "the alter"]
    direction: Annotated[str, "in: ego was helped; out: ego helped"]
    kind: Annotated[
        str,
        "asked_answered_thanked, acknowledged (thanks; question or answer unseen), answered_offer, offered "
        "(no question seen) or answered (with nothing that looks like advice)",
    ]
    weight: Annotated[float, "how much the parts that are seen count, 0 to 1"]
    confirmed: Annotated[bool, "whether that is enough to be taken for help"]
    one_sided: Annotated[bool, "only one of the two is heard in it"]
    mentoring_conversation: Annotated[
        bool, "part of a talk of several turns each within two days, with an offer and its uptake or thanks"
    ]
    conversation: Annotated[
        str, "thread as its source names it, else its first post, else the first post of the two of that day"
    ]
    asked_post: Annotated[str | None, "post key of the question"]
    asked_at: Annotated[datetime | None, "when, UTC"]
    answer_post: Annotated[str | None, "post key of the answer"]
    answer_at: Annotated[datetime | None, "when, UTC"]
    thanked_post: Annotated[str | None, "post key of the thanks; null where a favourite stands for them"]
    thanked_at: Annotated[datetime | None, "when, UTC"]
    thanked_by: Annotated[str | None, "thanks, uptake or favourite"]
    hours_to_answer: Annotated[float | None, "from question to answer, hours; null where only days are known"]
    day: Annotated[date, "UTC day of the answer, else of the thanks"]
    at_precision: Annotated[str, "second, or day where one of the times is known to the day only"]
    broadcast: Annotated[bool | None, "the question addressed nobody; null where it is not seen"]
    days_known: Annotated[int, "days of contact between the two before that day, days"]
