"""Two lives in scenes: the tables say who meets whom, how often and when."""

from __future__ import annotations

from datetime import timedelta

from .story import EGO, EGO_ON_MASTODON, MENTOR, Note, Person, Story, day

# who · about what · how many times · from · to
HELPED_BY = (
    (MENTOR, "sheets", 4, "2016-05-10", "2017-12-20"),
    (MENTOR, "python git pandas", 7, "2018-02-01", "2020-12-20"),
    (MENTOR, "packaging git", 4, "2021-02-01", "2022-09-20"),
    ("corm_heddle", "practicals lesson grading", 7, "2016-04-01", "2018-10-20"),
    ("corm_heddle", "design", 3, "2019-02-01", "2021-05-20"),
    ("bo_karst", "job", 9, "2017-09-20", "2018-11-10"),
    ("bo_karst", "job", 1, "2018-12-13", "2018-12-15"),
    ("halim_dorec", "design dashboards access", 6, "2019-09-01", "2022-06-20"),
    ("ines_qvale", "access design", 9, "2019-03-01", "2022-10-10"),
    ("cy_lodder", "practicals lesson grading", 6, "2016-09-01", "2018-10-30"),
    ("jun_ashbyte", "r dashboards", 6, "2019-01-20", "2022-06-20"),
    ("petra_oskan", "sheets dashboards", 6, "2017-01-10", "2020-11-20"),
)
HELPS = (
    ("dee_marlop", "practicals grading lesson", 13, "2018-09-01", "2022-05-20"),
    ("eli_tarrowd", "python sheets", 11, "2020-01-10", "2022-09-20"),
    ("wren_okolo", "r dashboards pandas", 10, "2021-01-10", "2022-10-20"),
    ("sunny_baskett", "job", 8, "2021-06-01", "2022-06-20"),
    ("cy_lodder", "practicals lesson grading", 6, "2016-11-01", "2019-11-20"),
    ("cy_lodder", "remote", 2, "2020-04-01", "2021-02-20"),
    ("petra_oskan", "sheets dashboards pandas", 7, "2018-02-01", "2022-04-20"),
    ("jun_ashbyte", "pandas git", 7, "2019-06-01", "2022-08-20"),
    ("halim_dorec", "design access", 7, "2020-01-20", "2022-09-10"),
)
ONCE = (
    ("practicals lesson grading", 3, "2016-04-10", "2018-06-01"),
    ("sheets", 2, "2016-09-01", "2018-06-01"),
    ("python pandas r git", 6, "2019-01-10", "2022-06-01"),
    ("packaging dashboards", 2, "2020-06-01", "2022-08-01"),
    ("access", 1, "2022-02-01", "2022-09-01"),
    ("remote", 2, "2020-04-01", "2020-12-01"),
)
CHAT = (
    ("tamsin_orrel", "friends", 115, "2016-03-10", "2022-11-05"),
    ("big_lou_fenn", "friends", 95, "2016-05-01", "2022-10-25"),
    ("kit_perrinay", "friends", 65, "2017-02-01", "2022-11-01"),
    ("nadia_sumnerz", "friends", 55, "2018-10-01", "2022-11-08"),
    ("rob_ohmslaw", "friends", 40, "2016-04-01", "2020-02-01"),
    ("jonah_tolland", "family", 40, "2016-06-01", "2022-11-10"),
    ("corm_heddle", "colleagues", 14, "2016-05-01", "2021-08-01"),
    ("bo_karst", "mentor", 3, "2017-10-01", "2018-12-05"),
    ("ines_qvale", "mentor", 12, "2019-04-01", "2022-11-01"),
    ("cy_lodder", "colleagues", 20, "2016-09-01", "2022-10-01"),
    ("jun_ashbyte", "colleagues", 12, "2019-02-01", "2022-10-01"),
    ("petra_oskan", "colleagues", 12, "2017-02-01", "2022-08-01"),
    ("halim_dorec", "colleagues", 10, "2019-10-01", "2022-10-01"),
    ("dee_marlop", "colleagues", 10, "2018-09-10", "2022-10-01"),
    ("eli_tarrowd", "friends", 8, "2020-02-01", "2022-10-01"),
    ("wren_okolo", "friends", 6, "2021-02-01", "2022-10-01"),
    ("sunny_baskett", "friends", 6, "2021-07-01", "2022-09-01"),
    ("pip_lanyardo", "colleagues", 12, "2016-10-01", "2022-03-01"),
)
CHAPTERS = (
    ("teaching", 150, "2016-03-04", "2018-11-28"),
    ("analyst", 185, "2018-12-03", "2022-11-12"),
    ("remote", 14, "2020-03-20", "2021-06-20"),
    ("always", 90, "2016-03-20", "2022-11-10"),
    ("asking", 22, "2016-04-20", "2022-09-10"),
    ("long", 2, "2022-11-14", "2022-12-08"),
    ("german", 10, "2019-07-05", "2019-08-02"),
    ("spanish", 10, "2021-10-01", "2021-10-30"),
)
IN_ORDER = (
    ("job", "2017-09-04", "2018-11-29"),
    ("conference", "2019-05-08", "2019-05-24"),
    ("course", "2019-09-10", "2019-12-14"),
    ("moving", "2022-11-05", "2022-12-10"),
)
CHAT_NIGHTS = 14
LANGUAGES = {"german": "de", "spanish": "es"}
BROADCASTS = {
    "openlab_wkly": 40,
    "chartfolk_hq": 36,
    "schooldata_nw": 30,
    "sheetwise_app": 24,
    "edsignal_news": 24,
    "codecove_conf": 20,
    "quietstats_pod": 18,
    "tidewell_trust": 16,
}
# who · tag · about what · first boost of a post with the tag
MODELS = (
    ("fay_ostrander", "#PlainSlides", "plain language", "2020-02-10"),
    ("gus_thelin", "#SlowMarking", "slow feedback", "2019-02-12"),
    ("ilka_morn", "#MessyDataClub", "missing values", "2018-12-10"),
)
MENTOR_ANSWERS = 38
MENTOR_ASKS = (
    ("ines_qvale", "access design", 3, "2020-02-01", "2022-09-01"),
    ("jun_ashbyte", "r dashboards", 4, "2019-02-01", "2022-05-01"),
    (EGO, "design access remote", 3, "2020-03-01", "2022-06-01"),
)


def two_lives(seed: int) -> Story:
    """All posts of the years 2015 to 2023."""
    story = Story(seed)
    ego, mentor = story.people[EGO], story.people[MENTOR]
    _help(story, ego)
    _everyday(story, ego)
    _learning(story, ego)
    _courtesies(story, ego)
    _mentor_life(story, mentor, ego)
    _new_server(story, story.people[EGO_ON_MASTODON])
    return story


def _help(story: Story, ego: Person) -> None:
    for handle, topics, count, first, last in HELPED_BY:
        story.helped(ego, story.people[handle], topics, count, first, last)
    for handle, topics, count, first, last in HELPS:
        story.helps(ego, story.people[handle], topics, count, first, last)
    strangers = iter(story.by_part("just_in_time_helper"))
    for topics, count, first, last in ONCE:
        for when, stranger in zip(story.moments(count, first, last), strangers, strict=False):
            room = story.limit(when) - len(stranger.handle) - 14
            case = story.take(story.to_ask, topics, room, thanked=True)
            story.conversation(ego, stranger, case, when, aloud=True)
    for person in story.by_part("acquaintance")[:6]:
        story.helps(ego, person, "sheets python r practicals lesson access", 1, "2017-12-01", "2022-08-01")


def _everyday(story: Story, ego: Person) -> None:
    for handle, bank, count, first, last in CHAT:
        story.chat(ego, story.people[handle], story.moments(count, first, last), bank)
    story.talk()
    for bank, first, last in IN_ORDER:
        story.chapter(ego, bank, first, last)
    for bank, count, first, last in CHAPTERS:
        for when in story.moments(count, first, last):
            limit = 10_000 if bank == "long" else story.limit(when)
            text = story.phrases.say(bank, str, limit, link=story.link(ego))
            story.write(ego, when, text, lang=LANGUAGES.get(bank, "en"))
    own = [note for note in story.notes if note.author is ego and not note.reply_to and note.lang == "en"]
    for note in own[::70]:
        when = story.after(note.when, 1, 40)
        story.write(ego, when, story.say(ego, when, "ps"), reply_to=note)
    acquaintances = story.by_part("acquaintance")
    for index, person in enumerate(acquaintances):
        bank = "colleagues" if index % 3 else "friends"
        moments = story.moments(1 + index % 3, "2016-03-20", "2022-10-20")
        story.chat(ego, person, moments, bank)
    _chat_nights(story, ego, acquaintances)
    for when in story.moments(120, "2016-03-15", "2022-11-10"):
        story.boost(ego, when, "folk", story.rng.choice(acquaintances))


def _chat_nights(story: Story, ego: Person, guests: list[Person]) -> None:
    """Tuesdays at eight: a science teachers' chat, while ego teaches."""
    for night in story.moments(CHAT_NIGHTS, "2016-10-04", "2018-11-13"):
        tuesday = night.replace(hour=20) - timedelta(days=(night.weekday() - 1) % 7)
        for turn, bank in enumerate(("participation", "colleagues", "participation", "colleagues") * 2):
            when = tuesday.replace(minute=6 * turn + story.rng.randrange(6))
            if bank == "participation":
                story.post(ego, when, bank)
            else:
                story.reply(ego, when, bank, story.rng.choice(guests), after=" #LabCoatChat")
        story.reply(ego, tuesday.replace(minute=58), "participation_thanks", story.rng.choice(guests))


def _learning(story: Story, ego: Person) -> None:
    for handle, count in BROADCASTS.items():
        for when in story.moments(count, "2016-03-10", "2022-10-30"):
            story.boost(ego, when, "news", story.people[handle])
    for handle, tag, topic, first in MODELS:
        _takes_up(story, ego, story.people[handle], tag, topic, first)
    light = story.by_part("acquaintance")
    for when in story.moments(36, "2016-05-01", "2022-10-20"):
        story.quote(ego, when, "folk", story.rng.choice(light))
    for when in story.moments(12, "2018-01-10", "2022-10-10"):
        source, reader = story.rng.sample(light, 2)
        story.post(ego, when, "passed_on", who=f"@{reader.handle}", link=story.link(source))


def _takes_up(story: Story, ego: Person, model: Person, tag: str, topic: str, first: str) -> None:
    """Boosts and credits before and after; the tag comes into ego's own posts through this person."""
    for when in story.moments(6, "2017-12-01", "2018-12-01"):
        story.boost(ego, when, "plain_essay", model)
    bank = tag[1:].lower()
    for when in story.moments(4, first, "2022-09-01"):
        text = story.say(model, when, bank + "_essay")
        story.pass_on(ego, story.after(when, 20, 2000), story.write(model, when, text))
    for days in (25, 190, 420, 700):
        story.post(ego, day(first) + timedelta(days=days, hours=19, minutes=days % 60), bank)
    for when in story.moments(10, "2018-01-20", "2022-10-20"):
        who = f"@{model.handle}"
        story.post(ego, when, "credit", who=who, topic=topic, link=story.link(model))
    for when in story.moments(5, "2018-03-01", "2022-06-01"):
        story.quote(ego, when, "plain_essay", model)
    story.chat(ego, model, story.moments(2, "2019-02-01", "2021-02-01"), "praise")


def _courtesies(story: Story, ego: Person) -> None:
    friends, light = story.by_part("friend"), story.by_part("acquaintance")
    helpers = story.by_part("mentor") + story.by_part("peer_mentor") + story.by_part("mentee")
    known = [person for person in helpers if person.handle not in ("bo_karst", MENTOR)]
    circles = (
        ("praise", 36, light),
        ("social_thanks", 26, friends + light),
        ("amplification_thanks", 26, light + known),
        ("moved", 34, known + light[:20]),
        ("met", 9, light),
        ("disagree", 9, light),
    )
    for bank, count, circle in circles:
        for when in story.moments(count, "2019-01-20", "2022-10-10"):
            story.reply(ego, when, bank, story.rng.choice(circle))
    for when in story.moments(9, "2018-01-10", "2022-05-10"):
        who, who2 = (f"@{person.handle}" for person in story.rng.sample(light, 2))
        story.post(ego, when, "intro", who=who, who2=who2)
    for when in story.moments(6, "2018-01-10", "2020-05-10"):
        six = " ".join(f"@{person.handle}" for person in story.rng.sample(light, 6))
        story.post(ego, when, "follow_friday", six=six)
    for when in story.moments(9, "2019-05-20", "2019-05-26"):
        story.reply(ego, when, "conference_replies", story.rng.choice(light))
    desks = story.by_part("service_desk")
    for index, when in enumerate(story.moments(20, "2016-11-01", "2022-08-01")):
        bank = ("trains", "software")[index % 2]
        desk = desks[index % 2]
        text = story.say(ego, when, bank, before=f"@{desk.handle} ")
        story.write(ego, when, text, addressed_to=desk)


def _mentor_life(story: Story, mentor: Person, ego: Person) -> None:
    window = ("2015-06-01", "2022-11-25")
    light = story.by_part("acquaintance")
    learners = light[10:40] + story.by_part("mentee")
    others = light + story.by_part("friend") + story.by_part("peer_mentor")
    for when in story.moments(125, *window):
        story.post(mentor, when, "ada")
    for index, when in enumerate(story.moments(330, *window)):
        to = light[5 + index % 12] if index % 3 else story.rng.choice(light)
        story.chat(mentor, to, [when], ("ada_replies", "friends")[index % 2])
    pile = story.unanswered_by(mentor)
    for when in story.moments(MENTOR_ANSWERS, *window):
        learner = story.rng.choice(learners)
        room = story.limit(when) - len(learner.handle) - 3
        case = story.take(pile, "sheets python pandas git packaging", room)
        story.conversation(learner, mentor, case, when, aloud=False)
    for handle, topics, count, first, last in MENTOR_ASKS:
        story.helped(mentor, story.people[handle], topics, count, first, last)
    for when in story.moments(6, *window):
        story.reply(mentor, when, "ada_thanks", story.rng.choice(light))
    for index, when in enumerate(story.moments(230, *window)):
        bank = "news" if index % 2 else "folk"
        of = story.rng.choice(story.by_part("broadcaster") if index % 2 else others)
        story.boost(mentor, when, bank, of)
    for when in story.moments(30, *window):
        story.quote(mentor, when, "news", story.rng.choice(story.by_part("broadcaster")))
    _across(story, mentor, ego)


def _across(story: Story, mentor: Person, ego: Person) -> None:
    """Boosts, answers and courtesies between the two whose archives are both there."""
    for number, original in enumerate(_own_work(story, ego)[::4]):
        boost = story.pass_on(mentor, story.after(original.when, 20, 1500), original)
        if number % 4 == 0 and boost.when > day("2019-06-01"):
            story.answer(ego, story.after(boost.when, 5, 300), "amplification_thanks", boost)
    statuses = [note for note in story.notes if note.author is mentor and "@" not in note.text]
    recent = sorted((note for note in statuses if note.when > day("2018-01-01")), key=lambda note: note.when)
    for number, note in enumerate(recent[::6]):
        bank = ("colleagues", "moved", "friends")[number % 3]
        story.answer(ego, story.after(note.when, 5, 600), bank, note)


def _own_work(story: Story, ego: Person) -> list[Note]:
    """Posts of ego's that link to something ego made."""
    made = [note for note in story.notes if note.author is ego and f"https://{ego.host}/" in note.text]
    return sorted((note for note in made if note.when > day("2018-01-01")), key=lambda note: note.when)


def _new_server(story: Story, ego: Person) -> None:
    """The winter after the move."""
    window = ("2022-11-06", "2023-03-10")
    here = [person for person in story.people.values() if person.server and person is not ego]
    small_talk = [person for person in here if person.part in ("friend", "acquaintance", "peer_mentor")]
    for handle, count in (("ines@mastodon.example", 4), ("cy@social.example", 2)):
        story.helped(ego, story.people[handle], "access r python dashboards pandas git", count, *window)
    for handle, count in (("dee@social.example", 2), ("eli@fedi.example", 3)):
        story.helps(ego, story.people[handle], "practicals python lesson r", count, *window)
    strangers = [person for person in here if person.part == "just_in_time_helper"]
    for when, stranger in zip(story.moments(2, *window), strangers, strict=True):
        case = story.take(
            story.to_ask, "r pandas access dashboards python", story.limit(when) - 40, thanked=True
        )
        story.conversation(ego, stranger, case, when, aloud=True)
    for when in story.moments(42, *window):
        story.post(ego, when, "posts")
    for when in story.moments(3, *window):
        story.write(ego, when, story.say(ego, when, "german_toots"), lang="de")
    for when in story.moments(52, *window):
        story.reply(ego, when, "replies", story.rng.choice(small_talk))
    gus = story.people["gus@social.example"]
    for when in story.moments(4, *window):
        story.post(ego, when, "credit", who=f"@{gus.handle}", topic="slow feedback", link=story.link(gus))
    for index, when in enumerate(story.moments(34, *window)):
        bank = ("plain_essay", "news", "folk")[index % 3]
        broadcasters = [person for person in here if person.part == "broadcaster"]
        of = story.rng.choice(([gus], broadcasters, small_talk)[index % 3])
        story.boost(ego, when, bank, of)
