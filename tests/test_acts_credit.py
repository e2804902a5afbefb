"""Whose work, words or influence a post credits."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from plnmap.acts import Text, tag
from tests.acts_texts import acts, english, sentences

# Invented posts, half of them written before the rules; half of all were held back. "@zed" is answered.
SENTENCES = sentences("credit")
LINK = "https://birds.example/1"


def post(text: str, key: str = "twitter:1") -> Text:
    handles = set(re.findall(r"@\w+", text))
    links = re.findall(r"https?://\S+", text)
    return Text(key, text, "en", text.startswith("@zed "), len(handles), links)


def credited(text: str) -> dict[str, str]:
    """Rule → the words that credit."""
    hits = tag([post(text)], ask_models=False)
    return {hit.rule: text[hit.start : hit.stop] for hit in hits if hit.act == "credit"}


def test_sentences_that_were_held_back_are_told_apart() -> None:
    texts = [post(row["text"], str(number)) for number, row in enumerate(SENTENCES)]
    hits = [hit for hit in tag(texts, ask_models=False) if hit.act == "credit"]
    found = {hit.post for hit in hits}
    seen = Counter(
        (row["credits"] == "1", str(number) in found)
        for number, row in enumerate(SENTENCES)
        if row["part"] == "held_out"
    )
    assert seen[True, True] >= 0.65 * (seen[True, True] + seen[True, False])
    assert seen[False, True] <= 0.02 * (seen[False, True] + seen[False, False])
    assert all("@" in SENTENCES[int(hit.post)]["text"][hit.start : hit.stop] for hit in hits), (
        "whom is not said"
    )


@pytest.mark.parametrize(
    ("rule", "text", "near_miss"),
    [
        ("via", "Old harbour maps, hat tip to the tireless @ada", "Home via @harbournews"),
        ("inspired", "A shed built on plans by @ada", "inspired by @ada? Not me"),
        ("inspired", "Found the choir through @ada", "Found my keys thanks to the dog, @ada"),
        ("inspired", "Labels in the style of @ada", "Labels in the shed of @ada"),
        ("thanks_to", "Thanks to @ada I can finally purl", "Thanks to @ada I am soaked"),
        ("thanks_to", "most of the credit goes to @ada", "paid by credit card @ada"),
        ("thanks_to", "kudos to @ada whose index found it", "kudos to @ada"),
        ("thanks_to", "it was down to @ada", "it is down to @ada now"),
        ("thanks_to", "Without @ada's nagging I'd have stopped", "Without @ada we start at six"),
        ("thanks_to", "if not for @ada, no boat", "if not, ask @ada for a boat"),
        ("work_of", "a clever chart of tides by @ada", "a clever seat on the bus by @ada"),
        ("work_of", "Is there a talk on tides? Yes: a talk by @ada", "Is that the talk by @ada?"),
        ("work_of", "the knot was invented by @ada", "the knot was untied by @ada"),
        ("by_author", f"The last ferry, by @ada {LINK}", f"Interviewed by @ada {LINK}"),
        ("by_author", f"The last ferry {LINK} from @ada", f"The last ferry {LINK} with @ada"),
        ("own_work", "@ada's essay on fog is a joy", "@ada's kitten is a joy"),
        ("own_work", "@ada's slides are clear", "@ada's talk is on Friday"),
        ("own_work", "Met @ada, whose recipes we cook", "Met @ada, whose bike was gone"),
        ("took_over", "Following @ada's routine", "Following @ada's car"),
        ("took_over", "my version of @ada's stew", "my portion of @ada's stew"),
        ("took_over", "In the words of @ada, mend it", "In the house of @ada"),
        ("took_over", "copied @ada and moved the bins", "copied @ada in on the mail"),
        ("took_over", "tried the @ada loaf", "ate the @ada"),
        ("took_over", "all @ada's doing", "all @ada's cats"),
        ("learned_from", "Learnt to splice rope from @ada", "A parcel from @ada"),
        ("learned_from", "heard it from @ada", "heard a noise from @ada"),
        ("learned_from", "the trick came from @ada", "the parcel came from @ada"),
        ("learned_from", "the recipe is @ada's", "the kitten is @ada's"),
        ("learned_from", "been reading @ada", "been reading to @ada"),
        ("learned_from", "since we started following @ada", "been following @ada's van"),
        ("learned_from", "since @ada's workshop I draw", "since @ada's party I cough"),
        ("learned_from", "I owe all of this to @ada", "I owe a pint to @ada"),
        ("learned_from", "the stew that @ada posted", "the stew that @ada burnt"),
        ("as_said", "like @ada wrote, mend it first", "like @ada, I was late"),
        ("as_said", "what @ada calls a second shelf", "what @ada had for lunch"),
        ("as_said", "love how @ada frames it", "love how @ada sneezes"),
        ("as_said", "@ada was right all along", "@ada was right behind you"),
        ("as_said", "nobody draws fog like @ada", "nobody came, like @ada"),
        ("as_said", "that reminds me of @ada's rule", "that reminds me of @ada"),
        ("teaches", "@ada showed me how to splice", "@ada showed me her garden"),
        ("teaches", "@ada got me into bell ringing", "@ada got me a ticket"),
        ("teaches", "@ada is my mentor", "@ada is my neighbour"),
        ("teaches", "it was @ada who taught us knots", "it was @ada who ate the cake"),
        ("explains", f"@ada explains tides {LINK}", f"@ada enjoys tides {LINK}"),
        ("explains", f"@ada on why tides turn {LINK}", f"@ada on holiday in Wales {LINK}"),
        ("explains", f"As ever @ada shines {LINK}", "As ever @ada shines"),
        ("explains", f"@ada's garden book is a joy: @ada is gold {LINK}", f"@ada is cold {LINK}"),
        ("fine_work", f"Great post @ada {LINK}", f"Great party @ada {LINK}"),
        ("fine_work", f"Useful guide to fog, @ada {LINK}", f"Useful guide to fog cc @ada {LINK}"),
    ],
)
def test_credit_names_what_came_from_somebody(rule: str, text: str, near_miss: str) -> None:
    assert "@ada" in credited(text).get(f"en.credit.{rule}", "")
    assert not credited(near_miss)


@pytest.mark.parametrize(
    "text",
    [
        "Hear a talk by @ada tomorrow, tickets at the door",
        "Congratulations to @ada on the book by @ada",
        "@ada's argument is nonsense",
        "Have you read @ada's essay?",
        "Photo by @ada",
        "I liked a @youtube video from @ada",
        "A post by @harbournews",
        "A talk at @fogconf, slides by @fogconf",
        f"The Harbour Gazette is out! {LINK} Stories by @ada",
        f"New timetable {LINK} cc @ada",
        "#ff @ada for posts by @ada",
        # Passed on in other words than one's own, and no more is said of it.
        "“A garden is an argument with weather” – @ada",
    ],
)
def test_announcements_quarrels_and_apps_credit_nobody(text: str) -> None:
    assert not credited(text)


def test_several_are_credited_together() -> None:
    assert credited("a guide to fog by @ada, @bo and @cy") == {
        "en.credit.work_of": "guide to fog by @ada, @bo and @cy"
    }


def test_a_name_with_its_server_is_whole() -> None:
    name = "@a_rather_long_name@an.even.longer.server.example"
    assert credited(f"learned that from {name}")["en.credit.learned_from"].endswith(f" {name}")


@pytest.mark.parametrize(
    ("text", "credits"),
    [
        ("How birds find north via @ada", True),
        ("A map of cycle paths (h/t @ada)", True),
        ("Lovely typeface, HT @ada", True),
        ("a quilt inspired by @ada", True),
        ("Thanks to @ada for the pattern", True),
        ("Thanks to @ada for the RT", False),
        ("How birds find north via @YouTube", False),
        ("Trains late again via @HarbourNews", False),
        ("The Harbour Gazette is out! Stories via @ada @bo", False),
        ("we came via Leeds", False),
        ("RT @bo: How birds find north via @ada", False),
    ],
)
def test_credit_names_a_person(text: str, credits: bool) -> None:
    assert ("credit" in acts(english(text, n_handles=1))) is credits
