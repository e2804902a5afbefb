"""Thanks, what they are for, and thanks for help, by its name or by taking it up."""

from __future__ import annotations

import pytest

from plnmap.acts import tag
from tests.acts_texts import LINK, acts, answer, english, objects


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@ada Thanks for the tip!", {"help"}),
        ("@ada thx so much 4 the link", {"help"}),
        ("@ada ta for the pointers", {"help"}),
        ("@ada thank u for your help yesterday", {"help"}),
        ("@ada much appreciated", {"unknown"}),
        ("@ada Ta, will look", {"help"}),
        ("@ada thanku", {"unknown"}),
        ("@ada I really appreciate it", {"unknown"}),
        ("@ada so grateful for your advice", {"help"}),
        ("@ada thanks for the RT", {"amplification"}),
        ("@ada thanks for the mention and the pointer to new apps", {"amplification", "help"}),
        ("@ada thanks for joining us last night", {"participation"}),
        ("@ada thank you for the kind words", {"social"}),
        ("@ada thanks for the follow", {"social"}),
        ("@ada thanks for the follow up", {"unknown"}),
        ("@ada thanks for sharing", {"shared_work"}),
        ("Does anyone have a cable? Thanks in advance", {"preemptive"}),
        ("@ada Which one is it? Thx", {"preemptive"}),
        ("@ada I would be grateful if you could call", {"preemptive"}),
        ("@ada @bo @cy thanks all", {"unknown"}),
        ("@WaterSupport thanks, it is fixed", {"service"}),
        ("Thanks to @ada for the lovely photo", {"unknown"}),
        ("@ada thanksss", {"unknown"}),
        ("@ada so the kiln was off. TY :-)", {"unknown"}),
        ("@ada I'd like to thank you for the pointer", {"help"}),
        ("@ada really grateful for the pointer", {"help"}),
        ("@ada appreciate the quick advice", {"help"}),
        ("@ada thanks so much, as always, for clearing that up", {"help"}),
        ("@ada Thanks, Ada, for the tip", {"help"}),
        ("@ada thanks for letting me know", {"help"}),
        ("@ada thanks for letting us camp in the field", {"unknown"}),
        ("@ada thanks for sending me the measurements", {"help"}),
        ("@ada thanks for giving me a lift", {"unknown"}),
        ("@ada thanks for checking", {"help"}),
        ("@ada thanks for checking in", {"unknown"}),
        ("@ada thanks for the catch", {"help"}),
        ("@ada thanks for the catch-up", {"unknown"}),
        ("@ada thanks for sharing your tips", {"shared_work"}),
        ("thanks for the RT @ada", {"amplification"}),
        ("thanks for your RT @ada", {"amplification"}),
        ("Thanks for RT @ada", {"amplification"}),
        ("@ada thanks for the reply", {"help"}),
        ("@ada thx for responding", {"help"}),
        ("@ada many thanks for your responses all", {"help"}),
        ("@ada thanks for coming back to me", {"help"}),
        ("@ada thanks for coming back on this", {"help"}),
        ("@ada thanks for coming back with the numbers", {"help"}),
        ("@ada thanks for getting back", {"help"}),
        ("@ada thanks for getting back so quickly", {"help"}),
        ("@ada thanks for getting back together", {"unknown"}),
        ("@ada thanks for coming back", {"participation"}),
        ("@ada thanks for coming back to our school", {"participation"}),
        ("@ada thanks for coming and for the reply", {"participation"}),
        ("@ada thanks for commenting", {"participation"}),
        ("@ada thanks for the comment", {"participation"}),
        ("@ada thanks for the feedback", {"participation"}),
        ("@ada thanks for your insights", {"participation"}),
        ("@ada thanks for responding to our call", {"unknown"}),
        ("@ada thanks for replying to my post", {"shared_work"}),
        ("@ada you're welcome, and thanks for the reply", {"unknown"}),
        ("@ada thanks for the helpful reply", {"help"}),
        # Where the author goes on to something else, that is not what the thanks are for.
        ("@ada thanks for dinner, I owe you a tip", {"unknown"}),
        ("@ada thanks for dinner but I forgot the recipe", {"unknown"}),
        ("@ada thanks for dinner, the wine and the recipe", {"help"}),
        # What follows a question may be its answer taken up.
        ("@ada Is it? I'll check that. Many thanks", {"help"}),
        ("@ada You?! Thanks again", {"unknown"}),
        # Thankful, yet nobody is thanked; thanked, and handing it back.
        ("@ada thank goodness it is over", {"nobody"}),
        ("@ada thank god for Fridays", {"nobody"}),
        ("@ada we were late thanks to the rain", {"nobody"}),
        ("Thankfully it stopped raining", {"nobody"}),
        ("@ada thanks, and thank goodness it is over", {"unknown"}),
        ("@ada you're very welcome", {"returned"}),
        ("@ada you're welcome to stay", set()),
    ],
)
def test_thanks_are_found_with_what_they_are_for(text: str, found: set[str]) -> None:
    assert objects(answer(text)) == found


def test_three_handles_make_a_bare_thanks_social() -> None:
    assert objects(answer("@ada @bo @cy thanks team")._replace(n_handles=3)) == {"social"}


@pytest.mark.parametrize(
    "text",
    [
        "@ada no thanks",
        "@ada No, thank you",
        "@ada thanks but no thanks",
        "@ada thanks for nothing",
        "@ada no thanks to the ferry",
        "@ada you may appreciate the view",
        "@ada hard to appreciate the view",
        "Happy Thanksgiving",
        "@thanks4all good morning",
        "the TA marked it, data ta be seen",
        "RT @ada: thanks for the tip",
        "“@ada: Thanks everyone who came” nice",
        "the crowd cheers",
    ],
)
def test_what_is_no_thanks(text: str) -> None:
    assert "gratitude" not in acts(english(text))


def test_cheers_is_thanks_between_people_and_a_toast_elsewhere() -> None:
    assert objects(answer("@ada cheers mate")) == {"unknown"}
    assert objects(english("Cheers from the beach")) == set()
    assert objects(answer("@ada cheers to the new year")) == set()


def test_to_all_thanks_for_a_response_are_no_thanks_for_an_answer() -> None:
    assert objects(english("Thanks for the great response")) == {"unknown"}


# -- thanks for help --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "@ada Thanks for the tip!",
        "@ada thanks, that worked a treat",
        "@ada Thx, I hadn't seen that",
        "@ada thank you, will give it a try",
        "@ada Ah, thanks Ada",
        "@ada just what I needed, cheers",
        # Said at once behind the thanks ...
        "@ada Thanks Ada, switching it off now",
        "@ada thx so much - looks perfect",
        "@ada thank you! I had no idea, never knew it opened",
        "@ada thanks for the reply. I'll tell them",
        "@ada thanks, still no luck with the lid",
        "@ada thanks, where do I find the lid?",
        "@ada thanks. Another new one on me",
        "@ada love the idea of a rope, thanks",
        # What was said, whatever it was.
        "@ada Thanks for getting back to me",
        "@ada thanks for that Ada",
        "@ada thx for that, the blue one it is",
        "@ada thanks so much for that!",
        "@ada thanks a lot for that 1",
        "@ada good one Ada! Thanks, hadn't seen it",
        "@ada thanks, good one!",
        "@ada thanks, valid point",
        "@ada I wouldn't have considered that. Thanks",
        "@ada I hadn't quite understood the word. Thanks",
        "@ada@birds.example Aha, so it was the valve! Thanks Ada",
        "@ada Ooooh. Many thanks",
        "@ada Ah, the valve was shut. Thanks",
        "@ada cheers Ada, I think that explains the noise",
        # ... or ahead of them.
        "@ada I see, thanks",
        "@ada Great tip Ada - thanks!",
        "@ada I hadn't, Ada. Much appreciated",
        "@ada Will ask at the harbour, thanks",
        "@ada that passed me by. Thank you",
        "@ada right up my street! Thanks",
    ],
)
def test_help_is_thanked_by_its_name_or_by_taking_it_up(text: str) -> None:
    (hit,) = (hit for hit in tag([answer(text)]) if hit.act == "help_thanks")
    assert hit.object == "help"
    assert hit.rule.startswith(
        (
            "en.gratitude.help",
            "en.gratitude.reply",
            "en.gratitude.that",
            "en.gratitude.dawned",
            "en.gratitude.followed_up",
            "en.gratitude.answered",
            "en.gratitude.resolved",
            "en.uptake.",
        )
    )


def test_what_is_taken_up_is_shown_without_the_name_it_is_said_to() -> None:
    text = "@ada I see, thanks"
    (hit,) = (hit for hit in tag([answer(text)]) if hit.act == "help_thanks")
    assert text[hit.start : hit.stop] == "I see, thanks"


@pytest.mark.parametrize(
    "text",
    [
        "@ada Thank you for this!",
        "@ada thanks for the RT, will check your blog",
        "@ada that worked a treat",
        "@ada Thanks, good night",
        "@ada thanks for this",
        "@ada thanks for that lovely evening",
        "@ada thanks for that, kind of you to say so",
        "@ada thanks for that feedback",
        "@ada thanks for that photo!",
        "@ada thanks for that it was a great night",
        "@ada pass another one to me, thanks",
        "@ada Ah, that kettle! Thank you for the lunch",
        "@ada Ah, that kettle! Thanks so much for the lunch",
        "@ada Ah, I miss the sea. Thanks",
        "@ada Ah bless. Thanks",
        "@ada Ah, what a cute dog. Thanks",
        "Worth waiting for RT @ada: thanks for the tip",
        "Look at your MT @ada → thanks",
        "@ada Ah, thanks for the follow",
        "@ada Ah, so kind of you to say that. Thanks",
        "@ada Does it work now? Never got it working. Thanks!",
        # Taken up, but from somebody's own work, or in another matter.
        "@ada thanks for sharing, it got me thinking",
        "@ada your talk was very useful. Thanks",
        "@ada thanks for reading! I'll try to write more",
        "@ada Sounds great, thanks. See you both on Friday",
        "@ada thanks, glad you found it useful",
        "@ada thanks, that's kind. Never thought of it so",
        "@ada let me know, and I'll add it. Thanks",
        "@ada why thank you, I'll take that",
        "@ada thankfully that worked",
        "@ada you're welcome, it's new to me too",
        # Somebody else's news.
        "@ada thanks! For all those who missed it",
        "@ada here again in case you missed that, thanks",
        "@ada thanks for trying it out",
        "@ada thanks, hope that helps",
        "@ada thanks for the wave, does that make sense to you",
    ],
)
def test_a_bare_thanks_an_uptake_alone_and_thanks_ahead_are_not_thanks_for_help(text: str) -> None:
    assert "help_thanks" not in acts(answer(text))


def test_a_bare_thanks_to_an_answer_with_an_offer_is_thanks_for_help() -> None:
    bare = answer("@ada Thanks Ada", parent_text="Try the other socket.")
    assert "help_thanks" not in acts(bare), "the parent may have answered somebody else"
    assert "help_thanks" in acts(bare._replace(parent_answers_author=True))
    assert "help_thanks" not in acts(bare._replace(parent_answers_author=True, parent_text="Good morning!"))
    handed = bare._replace(parent_answers_author=True, parent_text=f"@sam {LINK}", parent_links=(LINK,))
    assert "help_thanks" in acts(handed)
    own = handed._replace(author_own_domains=frozenset({"birds.example"}))
    assert "help_thanks" not in acts(own), "they passed on what the author made"
    cut_off = own._replace(parent_links=("https://twitter.com/i/web/status/1",))
    assert "help_thanks" in acts(cut_off), "who knows where the link leads"
    praised = handed._replace(parent_text=f"@sam I loved your post {LINK}")
    assert "help_thanks" not in acts(praised), "so did who praises it"
    kind = handed._replace(parent_text=f"@sam Good idea! An amazing post on it: {LINK}")
    assert "help_thanks" in acts(kind)
    advised = praised._replace(parent_text=f"@sam I loved your post, you should read this {LINK}")
    assert "help_thanks" in acts(advised)


@pytest.mark.parametrize(
    ("text", "taken_up"),
    [
        ("@ada I missed that", True),
        ("@ada Ah, missed it", True),
        ("@ada this is for those who missed it", False),
        ("@ada for those that missed it", False),
        ("@ada in case you missed it", False),
        ("@ada sorry I missed this", False),
        ("@ada hadn't seen it", True),
        ("@ada they hadn't seen it", False),
        ("@ada wasn't aware of it", True),
        ("@ada people have never heard of it", False),
        ("@ada I tried it", True),
        ("@ada tell me once you tried it", False),
        ("@ada just downloaded it", True),
        ("@ada have you downloaded it", False),
        ("@ada that makes sense", True),
        ("@ada does that make sense", False),
        ("@ada hard to make sense of", False),
        ("@ada that helped", True),
        ("@ada hope that helped", False),
        ("@ada duly noted", True),
        ("@ada as noted on the door", False),
        ("@ada will look it up", True),
        ("we hear @ada will look it up", False),
    ],
)
def test_only_what_the_author_takes_up_is_uptake(text: str, taken_up: bool) -> None:
    assert ("uptake" in acts(answer(text))) is taken_up
