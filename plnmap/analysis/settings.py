"""Every number that a judgement rests on, with the reason beside its default.

Knobs travel as one frozen `Settings`, can be read from TOML, and are stamped
into every output, so that two results can be told to rest on the same rules.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from plnmap.acts import RELIABILITY
from plnmap.analysis.knobs import (
    Bounds,
    Count,
    Days,
    Factor,
    Hours,
    Knob,
    Share,
    Weight,
    knobs,
    with_changes,
)
from plnmap.errors import UsageError


@dataclass(frozen=True, slots=True)
class StrengthWeights:
    """Weights of the strength score and what its calibration needs."""

    days: Annotated[Weight, "fitted on five contact networks; days counted better than messages"] = 1.25
    recency: Annotated[Weight, "fitted together with days"] = 0.70
    age: Annotated[Weight, "fitted together with days; long-known people come back"] = 0.25
    incoming_base: Annotated[Weight, "people who were never answered are rarely contacted"] = -3.0
    incoming_days: Annotated[Weight, "incoming days say less than one's own"] = 0.5
    incoming_recency: Annotated[Weight, "as for one's own contact"] = 0.7
    intercept: Annotated[
        Weight, "typical of the five networks; replaced where calibration is possible"
    ] = -1.5
    horizon_days: Annotated[Days, "the score is about contact within the next month"] = 30
    calibration_candidates: Annotated[Count, "fewer alters do not fix an intercept"] = 30
    calibration_positives: Annotated[Count, "fewer contacts do not fix an intercept"] = 5
    thin_days: Annotated[Count, "below three days in all a score rests on chance meetings"] = 3


@dataclass(frozen=True, slots=True)
class ComponentRules:
    """What explains a tie beside its strength."""

    amount_percentile: Annotated[
        Annotated[float, Bounds(1, 100)], "one extreme tie must not shrink all others"
    ] = 95.0
    recency_exponent: Annotated[Factor, "the decay that the strength score uses"] = 0.7
    full_duration_days: Annotated[Days, "after a year a tie counts as long-standing"] = 365
    bin_days: Annotated[Days, "a month of fixed length"] = 30
    persistence_bins: Annotated[Count, "a share of one or two months says nothing"] = 3
    burst_gaps: Annotated[Count, "with fewer gaps their spread is noise"] = 5
    trend_days: Annotated[Days, "a quarter against the quarter before"] = 90
    trend_prior: Annotated[Factor, "half a day keeps an empty quarter finite"] = 0.5


@dataclass(frozen=True, slots=True)
class CircleRules:
    """How alters are sorted into circles by frequency."""

    min_age_days: Annotated[Days, "a frequency needs half a year to mean anything"] = 180
    active_per_year: Annotated[Factor, "Dunbar's active network: at least one contact a year"] = 1.0
    min_active_alters: Annotated[Count, "with fewer people clusters are accidents"] = 30
    max_circles: Annotated[Annotated[int, Bounds(2, 12)], "more layers than five or six are not reported"] = 6
    rank_bands: Annotated[tuple[int, ...], "sizes of Dunbar's inner circles, as ranks"] = (5, 15, 50)

    def __post_init__(self) -> None:
        if (
            not self.rank_bands
            or list(self.rank_bands) != sorted({*self.rank_bands})
            or self.rank_bands[0] < 1
        ):
            raise UsageError(
                f"circles.rank_bands = {list(self.rank_bands)} is not a list of growing ranks",
                hint="for example rank_bands = [5, 15, 50]",
            )


@dataclass(frozen=True, slots=True)
class QuietRules:
    """When a tie counts as gone quiet."""

    min_contact_days: Annotated[Count, "a habit needs a few days to show"] = 4
    gap_ratio: Annotated[Factor, "eight times the usual gap (Navarro et al. 2017)"] = 8.0
    min_gap_active_days: Annotated[Days, "two months of posting without a word to them"] = 60
    strength_below: Annotated[Share, "someone likely to be contacted soon is not gone"] = 0.2


@dataclass(frozen=True, slots=True)
class ReciprocityRules:
    """How give and take are judged."""

    prior_days: Annotated[Factor, "two days on each side before anything is seen: judgement"] = 2.0
    level: Annotated[Annotated[float, Bounds(0.5, 0.999)], "customary"] = 0.95
    mutual_from: Annotated[Share, "nobody does less than a quarter"] = 0.25
    mutual_to: Annotated[Share, "nobody does less than a quarter"] = 0.75
    you_give_more_below: Annotated[Share, "they surely do less than two in five"] = 0.4
    they_give_more_above: Annotated[Share, "they surely do more than three in five"] = 0.6
    answer_days: Annotated[Days, "what is not answered within a week is rarely answered at all"] = 7
    pooled_asks: Annotated[Factor, "a tie's own rate outweighs the ego's usual rate from ten asks on"] = 10.0
    min_asks: Annotated[Count, "below five asks the interval spans nearly everything"] = 5
    min_accounts: Annotated[Count, "two accounts are a pair, not a network"] = 3
    null_draws: Annotated[Count, "steadies the mean of the null to about a hundredth"] = 200
    null_seed: Annotated[Annotated[int, Bounds(0, 2**32 - 1)], "any; fixed, so that results repeat"] = 20_041


@dataclass(frozen=True, slots=True)
class DetectionRates:
    """How often the rules for an act find it, and how often they fire where it is not."""

    recall: Annotated[Share, "measured on hand-coded posts outside the rules' own domain"]
    false_positive_rate: Annotated[Share, "measured on hand-coded posts outside the rules' own domain"]


def _measured(act: str) -> DetectionRates:
    """What the rule packs are known to find and to mistake (docs/acts.md)."""
    known = RELIABILITY[act]
    return DetectionRates(known.recall, known.false_positive_rate)


@dataclass(frozen=True, slots=True)
class EvidenceRules:
    """How counts of detected acts become evidence."""

    gate: Annotated[Share, "customary; more hits than chance must be sure before any is believed"] = 0.05
    half_saturation: Annotated[Factor, "three days of help are half of what can be asked for: judgement"] = (
        3.0
    )
    min_margin: Annotated[Share, "an act found barely more often than by mistake cannot be corrected"] = 0.1
    level: Annotated[Annotated[float, Bounds(0.5, 0.999)], "customary"] = 0.95
    help_thanks: DetectionRates = field(default_factory=lambda: _measured("help_thanks"))
    advice: DetectionRates = field(default_factory=lambda: _measured("advice"))
    resource: DetectionRates = field(default_factory=lambda: _measured("resource"))
    answer_mistaken: Annotated[
        Share,
        "of replies to posts that the file holds, so many are taken for an answer that helps and are none",
    ] = RELIABILITY["answer"].false_positive_rate
    thanking: Annotated[
        Annotated[float, Bounds(0.001, 1)],
        "of hand-coded replies 7.5 % give thanks for something else: it is these that are mistaken",
    ] = 0.075


@dataclass(frozen=True, slots=True)
class RoleRules:
    """What a role asks for."""

    help_estimate: Annotated[Factor, "corrected days of help; one may be an accident"] = 2.0
    help_days: Annotated[Count, "help that came back twice"] = 3
    help_span_days: Annotated[Days, "more than one busy month"] = 30
    one_way_share: Annotated[Share, "three fifths of the help flow one way"] = 0.6
    one_way_probability: Annotated[Share, "four in five sure"] = 0.8
    talked_back: Annotated[
        Share, "days of contact by who is helped, per day of the other's: what meets silence helps nobody"
    ] = 0.5
    even_from: Annotated[Share, "nobody gives less than a quarter of the help"] = 0.25
    even_to: Annotated[Share, "nobody gives less than a quarter of the help"] = 0.75
    peer_estimate: Annotated[Factor, "corrected days of help each way; one may be an accident"] = 2.0
    peer_days: Annotated[Count, "one thanks each way is courtesy; help each way must have come back"] = 2
    even_probability: Annotated[Share, "evenness is wider than one-sidedness and harder to be sure of"] = 0.6
    quick_days: Annotated[Count, "a handful of days is not yet a relationship"] = 3
    quick_span_days: Annotated[Days, "one problem, one week"] = 7
    credit_days: Annotated[Count, "crediting someone once is courtesy"] = 3
    credit_months: Annotated[Count, "not one conference or one article"] = 3
    attention_days: Annotated[
        Count,
        "attention is cheaper than credit, so more of it; quotes alone are attention",
    ] = 5
    attention_months: Annotated[Count, "not one conference or one article"] = 3
    contact_back_share: Annotated[Share, "learned from, seldom talked with"] = 0.10
    reply_share: Annotated[Share, "the same seen from ego's side: replies per day with anything"] = 0.20
    amplified_score: Annotated[Share, "as much as two quotes or four boosts"] = 0.4
    amplified_days: Annotated[Count, "not one popular post"] = 3
    broadcast_attention_days: Annotated[Count, "more than a passing like"] = 3
    broadcast_followers_ratio: Annotated[Factor, "an audience, not a circle"] = 10.0
    broadcast_reply_share: Annotated[Share, "speaks, seldom answers"] = 0.05


@dataclass(frozen=True, slots=True)
class TopicRules:
    """What counts as a topic, and how whom to ask is found."""

    documents: Annotated[Count, "fewer posts do not set a tie apart"] = 5
    tokens: Annotated[Count, "fewer telling words do not set a tie apart"] = 30
    repeated: Annotated[
        Count, "a hashtag or site of one post is no topic; a plain word needs one post more"
    ] = 2
    shared_by: Annotated[Count, "a word that two people alone use is theirs, not a subject"] = 3
    episodes: Annotated[Count, "one answer on something is no subject of help"] = 2
    phrase: Annotated[Count, "what stands in a longer row of telling words is a sentence, not a phrase"] = 3
    most: Annotated[Count, "more words than this say less"] = 5
    smoothing_words: Annotated[Factor, "about the length of two short posts (Balog et al. 2009)"] = 30.0
    answer_weight: Annotated[Factor, "having answered ego speaks louder than having talked of it"] = 2.0
    rate_floor: Annotated[Share, "who never answers may still know: half of the rank"] = 0.5


@dataclass(frozen=True, slots=True)
class BrandRules:
    """From when on an account is taken for an organisation, a service desk or a person."""

    brand_from: Annotated[Share, "where precision and recall are even on profiles not learned from"] = 0.4
    person_to: Annotated[
        Share, "a bio that says nothing either way gives 0.18: it takes a sign to make a person"
    ] = 0.13
    desk_from: Annotated[Share, "likelier than not"] = 0.5
    provider_from: Annotated[
        Share, "only a sure brand, by its own words, is no mentor: better a brand too many than a mentor less"
    ] = 0.9
    organisation_from: Annotated[
        Share,
        "of 17 in three real archives who were credited like role models and look like brands, the 13 above "
        "were organisations, and three of the four below people",
    ] = 0.65
    service_posts: Annotated[Count, "one order that went wrong is two posts"] = 3
    service_days: Annotated[Count, "an evening's complaint is no business"] = 2
    service_share: Annotated[
        Share,
        "three posts in a thousand of three real archives are taken for it; friends tell of orders, too",
    ] = 0.1
    posts_enough: Annotated[Count, "fewer posts, without a bio, make nobody a person"] = 5
    posts_read: Annotated[Count, "the latest twenty posts say what they are; more cost time"] = 20


@dataclass(frozen=True, slots=True)
class FunctionRules:
    """When a mentoring function shows."""

    shows_from: Annotated[Share, "one day of it, after correction"] = 0.25


@dataclass(frozen=True, slots=True)
class BootstrapRules:
    """How conversations are drawn anew, and when a role is too unsure to be told."""

    draws: Annotated[Annotated[int, Bounds(1, 10_000)], "a share of .70 is then sure to about .04"] = 500
    seed: Annotated[Annotated[int, Bounds(0, 2**32 - 1)], "any; fixed, so that results repeat"] = 20_042
    agreement: Annotated[Share, "a role that fails in more than three of ten draws is withheld"] = 0.70


@dataclass(frozen=True, slots=True)
class WindowRules:
    """How roles are followed over time."""

    days: Annotated[Days, "half a year: a project, a school term and its holidays"] = 180
    step_days: Annotated[Days, "a new window each quarter, so that no beginning falls between two"] = 90
    thin_days: Annotated[Count, "on fewer days together a window says nothing"] = 3
    end_below: Annotated[Share, "half of what it began with"] = 0.5
    end_after: Annotated[Count, "one quiet half-year is a busy time, two are an end"] = 2


@dataclass(frozen=True, slots=True)
class EpisodeRules:
    """What counts as a help episode, and how much each kind of it weighs."""

    answer_hours: Annotated[Hours, "a question is answered within a few days or hardly ever: judgement"] = 72
    answer_depth: Annotated[
        Annotated[int, Bounds(1, 20)], "asked back once and then answered; further down talk drifts"
    ] = 3
    answer_words: Annotated[Count, "fewer words nod, laugh or thank"] = 5
    thanks_hours: Annotated[Hours, "thanks for something tried over the weekend: judgement"] = 72
    session_hours: Annotated[Hours, "what is a day apart is another talk"] = 24
    mentoring_turns: Annotated[Count, "ask, answer and follow-up, on both sides"] = 3
    mentoring_hours: Annotated[Hours, "one talk with a night in between"] = 48
    asked_answered_thanked: Annotated[Share, "all three parts are seen"] = 1.0
    acknowledged: Annotated[Share, "the receiver says so; what was asked or answered is unseen"] = 0.8
    answered_offer: Annotated[
        Share, "advice, a link or an answer on request; whether it helped is unseen"
    ] = 0.6
    offered: Annotated[Share, "an offer that nobody was seen to ask for"] = 0.5
    answered: Annotated[Share, "an answer without a sign of advice may be mere talk"] = 0.3
    confirmed_from: Annotated[Share, "asked for and offered, or acknowledged"] = 0.6
    hardly_known_days: Annotated[Count, "a handful of days is not yet a relationship"] = 3
    timed_answers: Annotated[Count, "the middle of fewer answers is an accident"] = 5


class Stamp(NamedTuple):
    """Which settings a result rests on."""

    digest: str
    settings: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Settings:
    """All knobs of the analyses.

    Examples
    --------
    >>> Settings.from_toml("[roles]\\nhelp_days = 4").roles.help_days
    4
    """

    strength: StrengthWeights = field(default_factory=StrengthWeights)
    components: ComponentRules = field(default_factory=ComponentRules)
    circles: CircleRules = field(default_factory=CircleRules)
    quiet: QuietRules = field(default_factory=QuietRules)
    reciprocity: ReciprocityRules = field(default_factory=ReciprocityRules)
    evidence: EvidenceRules = field(default_factory=EvidenceRules)
    roles: RoleRules = field(default_factory=RoleRules)
    brands: BrandRules = field(default_factory=BrandRules)
    functions: FunctionRules = field(default_factory=FunctionRules)
    bootstraps: BootstrapRules = field(default_factory=BootstrapRules)
    episodes: EpisodeRules = field(default_factory=EpisodeRules)
    topics: TopicRules = field(default_factory=TopicRules)
    windows: WindowRules = field(default_factory=WindowRules)

    @classmethod
    def from_toml(cls, source: str | Path) -> Settings:
        """Settings from TOML; what it does not name keeps its default.

        Parameters
        ----------
        source
            TOML text, or the path of a file that holds it.

        Raises
        ------
        UsageError
            The TOML is malformed, names an unknown setting, or gives one a value
            of the wrong type or out of range; or the file cannot be read.
        """
        try:
            text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
            parsed = tomllib.loads(text)
        except OSError as error:
            raise UsageError(f"cannot read the settings file {source}: {error.strerror}") from error
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise UsageError(f"the settings are not valid TOML: {error}") from error
        settings: Settings = with_changes(cls(), parsed)
        return settings

    def stamp(self) -> Stamp:
        """Digest (12 hexadecimal digits of SHA-256) and values, for manifests and caches.

        >>> Settings().stamp().digest == Settings.from_toml("").stamp().digest
        True
        """
        values = asdict(self)
        canonical = json.dumps(values, sort_keys=True, separators=(",", ":"))
        return Stamp(hashlib.sha256(canonical.encode()).hexdigest()[:12], values)

    def changes(self) -> list[str]:
        """What is not as it comes, in words, in order of definition.

        >>> Settings.from_toml("[roles]\\nhelp_days = 4").changes()
        ['roles.help_days = 4 instead of 3']
        """
        as_they_come = Settings().knobs()
        return [
            f"{knob.name} = {knob.value} instead of {usual.value}"
            for knob, usual in zip(self.knobs(), as_they_come, strict=True)
            if knob.value != usual.value
        ]

    def knobs(self) -> Iterator[Knob]:
        """Every setting with its reason, in order of definition.

        >>> next(Settings().knobs()).name
        'strength.days'
        """
        return knobs(self)
