"""How well the acts are told apart, per corpus: precision, recall, F1, n.

    python benchmarks/acts.py            prints the tables
    python benchmarks/acts.py --write    and puts them into docs/acts.md, between its markers

Reads the folder ``PLNMAP_REAL_DATA`` (else ``../shared/data``). Only figures leave it.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.written import write_down
from plnmap.acts import ENGLISH, PACKS, author_language, tag
from plnmap.acts.text import Text

ROOT: Final = Path(__file__).parents[1]
DATA: Final = Path(os.environ.get("PLNMAP_REAL_DATA", ROOT.parent / "shared" / "data"))
ARCHIVES: Final = ("layout2012-a", "layout2012-b", "layout2012-c")
ADMIRATION, LOVE = "0", "18"
GRATITUDE, CURIOSITY, CONFUSION = "15", "7", "6"  # labels of GoEmotions, by line of its labels.txt


class Labelled(NamedTuple):
    """A text and whether a person said that it does the act."""

    text: Text
    positive: bool
    label: str = ""


class Score(NamedTuple):
    """Agreement between the rules and the labels of one corpus."""

    corpus: str
    act: str
    true_positive: int
    false_positive: int
    false_negative: int
    n: int

    @property
    def precision(self) -> float:
        return self.true_positive / max(1, self.true_positive + self.false_positive)

    @property
    def recall(self) -> float:
        return self.true_positive / max(1, self.true_positive + self.false_negative)

    @property
    def false_positive_rate(self) -> float:
        negatives = self.n - self.true_positive - self.false_negative
        return self.false_positive / max(1, negatives)

    @property
    def f1(self) -> float:
        return (
            2
            * self.true_positive
            / max(1, 2 * self.true_positive + self.false_positive + self.false_negative)
        )


def english(text: str, *, is_reply: bool, post: str = "") -> Text:
    """A text as the importer would hand it over, so far as a bare string tells."""
    handles = {handle.lower() for handle in re.findall(r"@\w+", text)}
    links = re.findall(r"https?://\S+", text)
    return Text(post, text, "en", is_reply=is_reply, n_handles=len(handles), links=links)


def score(
    corpus: str, act: str, rows: Iterable[Labelled], *, ask_models: bool = True, wants: str | None = None
) -> Score:
    """Count how often an act is found where a person found it; with `wants`, only of that object."""
    rows = list(rows)
    texts = (row.text._replace(post=str(number)) for number, row in enumerate(rows))
    hits = (hit for hit in tag(texts, ask_models=ask_models) if hit.act == act)
    found = {hit.post for hit in hits if wants in (None, hit.object)}
    seen = Counter((row.positive, str(number) in found) for number, row in enumerate(rows))
    return Score(corpus, act, seen[True, True], seen[False, True], seen[True, False], seen.total())


def goemotions(part: str, labels: set[str]) -> Iterator[Labelled]:
    """Comments on Reddit; positive where one of the labels was given."""
    with (DATA / "acts" / "goemotions" / f"{part}.tsv").open(encoding="utf-8", newline="") as file:
        for text, given, _ in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            # Comments with quotation marks are still in the quotes of an earlier CSV file.
            if len(text) > 1 and text[0] == text[-1] == '"':
                text = text[1:-1].replace('""', '"')
            yield Labelled(english(text, is_reply=False), not labels.isdisjoint(given.split(",")))


def addressed(rows: Iterable[Labelled]) -> Iterator[Labelled]:
    """The same texts, taken as answers to somebody: praise of nobody present is not looked for."""
    return (row._replace(text=row.text._replace(is_reply=True)) for row in rows)


def advice(name: str, part: str) -> Iterator[Labelled]:
    """Sentences of answers on Reddit: advice or not. They come tokenised ("do n't")."""
    with (DATA / "acts" / "advice" / f"{name}_{part}.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Labelled(english(untokenised(row["Sentence"]), is_reply=True), row["Majority_label"] == "1")


def untokenised(sentence: str) -> str:
    """Without the space before marks and endings: "do n't ." becomes "don't."."""
    return re.sub(r" (n['’]t|['’]\w{1,2}\b|[,.!?;:])", r"\1", sentence)


def suggestions(part: str) -> Iterator[Labelled]:
    """Sentences of a forum where users suggest changes to a product: suggestion or not."""
    with (DATA / "acts" / "suggestions" / f"{part}.csv").open(
        encoding="utf-8", errors="replace", newline=""
    ) as file:
        for row in csv.reader(file):
            if row[-1] in ("0", "1"):
                yield Labelled(english(row[1].strip().strip('"'), is_reply=True), row[-1] == "1")


def archive(name: str) -> Iterator[dict[str, Any]]:
    """Posts of an archive in the 2012 layout, each once."""
    seen = set()
    with zipfile.ZipFile(DATA / "twitter_archives" / f"{name}.zip") as file:
        for entry in sorted(file.namelist()):
            if re.search(r"js/tweets/\d{4}_\d\d\.js$", entry):
                for post in json.loads(file.read(entry).decode("utf-8").split("=", 1)[1]):
                    if post["id_str"] not in seen:
                        seen.add(post["id_str"])
                        yield post


def archive_text(post: dict[str, Any]) -> Text:
    """A post of an archive as a text. Of what it answers, only that it is a reply is known."""
    is_reply = bool(post.get("in_reply_to_status_id_str") or post.get("in_reply_to_user_id_str"))
    return english(unescape(post["text"]), is_reply=is_reply, post=post["id_str"])


def thanks_replies(posts: dict[str, Text]) -> list[Labelled]:
    """Hand-coded thanks in replies; what the coder could not tell is left out."""
    with (DATA / "acts" / "thanks_replies.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["object"] != "undecidable"]
    return [Labelled(posts[row["post_id"]], row["object"] == "help", row["object"]) for row in rows]


def invented_replies(part: str) -> Iterator[Labelled]:
    """Sentences made up for this, in which help is acknowledged or nearly so."""
    for row in _invented("help_thanks", part):
        yield Labelled(english(f"@ada {row['text']}", is_reply=True), row["helped"] == "1")


def invented_posts(act: str, part: str) -> Iterator[Labelled]:
    """Posts made up for this; positive where they do the act."""
    for row in _invented("advice_question", part):
        yield Labelled(_opening(row["text"]), row["act"] == act)


def crediting_posts(part: str) -> Iterator[Labelled]:
    """Posts made up for this, in which somebody is credited or only named. "@zed" is answered."""
    for row in _invented("credit", part):
        yield Labelled(english(row["text"], is_reply=row["text"].startswith("@zed ")), row["credits"] == "1")


def invented_calls(part: str) -> Iterator[Labelled]:
    """Questions made up for this; positive where they ask for help, the others being talk."""
    for row in _invented("help_wanted", part):
        yield Labelled(_opening(row["question"]), row["asks"] == "1")


def other_invented_calls(part: str) -> Iterator[Labelled]:
    """The same by two other heads, who described their troubles rather than asked."""
    for row in _invented("calls", part):
        yield Labelled(_opening(row["text"]), row["asks"] == "1")


def invented_answers(part: str) -> Iterator[Labelled]:
    """A reply to each of the former; positive where it helps, whatever had been asked."""
    for row in _invented("help_wanted", part):
        text = english(row["reply"], is_reply=True)._replace(parent_text=row["question"])
        yield Labelled(text, row["helps"] == "1")


def _invented(name: str, part: str) -> Iterator[dict[str, str]]:
    """The rows of one part of ``tests/acts_{name}.tsv``."""
    with (ROOT / "tests" / f"acts_{name}.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["part"] == part:
                yield row


def _opening(text: str) -> Text:
    """A post that answers somebody if it opens with a handle."""
    return english(text, is_reply=text.startswith("@"))


def developed_on(row: Labelled) -> bool:
    """The half that was read while the rules were written; a coin tossed by the post's id."""
    return hashlib.sha256(row.text.post.encode()).digest()[0] % 2 == 0


def measure_help_thanks(rows: Sequence[Labelled]) -> list[Score]:
    """Both halves and all, and what changes with help learned from shared work."""
    halves: list[tuple[str, Callable[[Labelled], bool]]] = [
        ("half the rules were written on", developed_on),
        ("other half", lambda row: not developed_on(row)),
        ("all", lambda row: True),
    ]
    scores = [
        score(f"thanks-replies, {name}", "help_thanks", [row for row in rows if chosen(row)])
        for name, chosen in halves
    ]
    learned = [row for row in rows if row.label != "learned_from_shared_work"]
    either = [row._replace(positive=row.positive or row.label == "learned_from_shared_work") for row in rows]
    desk = [row._replace(positive=row.positive or row.label == "service_desk_help") for row in rows]
    return [
        *scores,
        score("all, without learned from shared work", "help_thanks", learned),
        score("all, learned from shared work is help", "help_thanks", either),
        score("all, a service desk's help is help", "help_thanks", desk),
        score("invented replies, held back", "help_thanks", invented_replies("held_out")),
    ]


def measure_corpora() -> list[Score]:
    """The corpora that other people labelled."""
    return [
        score("GoEmotions dev", "gratitude", goemotions("dev", {GRATITUDE})),
        *measure_advice("askparents dev", advice("askparents", "dev")),
        *measure_advice("needadvice dev", advice("needadvice", "dev")),
        *measure_advice("suggestions dev (software forum)", suggestions("dev"), ", not trained on"),
        score("GoEmotions dev, admiring", "praise", addressed(goemotions("dev", {ADMIRATION}))),
        score(
            "GoEmotions dev, admiring or loving", "praise", addressed(goemotions("dev", {ADMIRATION, LOVE}))
        ),
        score("GoEmotions dev, curious or confused", "question", goemotions("dev", {CURIOSITY, CONFUSION})),
        *(
            score("invented posts, held back", act, invented_posts(act, "held_out"), ask_models=False)
            for act in ("advice", "question")
        ),
        score("invented posts, held back", "credit", crediting_posts("held_out"), ask_models=False),
        *(
            score(
                f"invented calls for help among {what}, held back",
                "question",
                rows,
                ask_models=False,
                wants="help",
            )
            for what, rows in (
                ("questions", invented_calls("held_out")),
                ("posts by two others", other_invented_calls("held_out")),
            )
        ),
        *(
            score(
                f"invented replies to them, held back{note}",
                act,
                invented_answers("held_out"),
                ask_models=False,
            )
            for act, note in (("answer", ""), ("advice", ", where only advice is looked for"))
        ),
    ]


def measure_advice(corpus: str, rows: Iterable[Labelled], note: str = "") -> list[Score]:
    """With the model beside the rules, and by the rules alone."""
    rows = list(rows)
    return [
        score(f"{corpus}{note}", "advice", rows),
        score(f"{corpus}, rules alone", "advice", rows, ask_models=False),
    ]


def confusion(rows: Sequence[Labelled]) -> dict[tuple[str, str], int]:
    """How often each hand-coded object met each object found; several found count once each."""
    return Counter(
        (row.label, found)
        for row in rows
        for found in {hit.object or "" for hit in tag([row.text]) if hit.act == "gratitude"} or {"none"}
    )


def render(scores: Sequence[Score], objects: dict[tuple[str, str], int], shares: Counter[str], n: int) -> str:
    """The tables as Markdown."""
    lines = [
        "| act | corpus | precision | recall | F1 | false positives of negatives | n |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {s.act} | {s.corpus} | {s.precision:.2f} | {s.recall:.2f} | {s.f1:.2f} "
        f"| {s.false_positive_rate:.3f} | {s.n:,} |"
        for s in scores
    ]
    found = sorted({column for _, column in objects})
    lines += ["", "Object of a thanks, as coded by hand (rows) and as found (columns):", ""]
    lines += ["| coded | " + " | ".join(found) + " |", "|---" * (len(found) + 1) + "|"]
    lines += [
        f"| {coded} | " + " | ".join(str(objects.get((coded, column), 0)) for column in found) + " |"
        for coded in sorted({row for row, _ in objects})
    ]
    lines += ["", f"Share of posts with each act, three archives together ({n:,} posts):", ""]
    lines += ["| act | posts in a hundred |", "|---|---|"]
    lines += [f"| {act} | {100 * count / n:.1f} |" for act, count in sorted(shares.items())]
    return "\n".join(lines)


def render_rules() -> str:
    """The rules of all packs, each with the sentence it is tested on."""
    lines = ["| rule | act | object | score | a sentence on which it fires |", "|---|---|---|---|---|"]
    lines += [
        f"| `{rule.id}` | {rule.act} | {rule.object or ''} | {rule.score} | {rule.example} |"
        for pack in PACKS.values()
        for rule in pack.rules
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure, print, and write where asked."""
    archives = {name: [archive_text(post) for post in archive(name)] for name in ARCHIVES}
    posts = {text.post: text for texts in archives.values() for text in texts}
    rows = thanks_replies(posts)
    start = time.process_time()
    hits = tag(posts.values(), ask_models=False)
    seconds = (time.process_time() - start) * 100_000 / len(posts)
    shares = Counter(act for act, _ in {(hit.act, hit.post) for hit in hits})
    tables = render([*measure_corpora(), *measure_help_thanks(rows)], confusion(rows), shares, len(posts))
    languages = {name: author_language(text.text for text in texts) for name, texts in archives.items()}
    print(
        tables,
        f"pack {ENGLISH.version}; {seconds:.1f} processor seconds for 100,000 posts; languages {languages}",
        sep="\n\n",
    )
    if "--write" in sys.argv[1:]:
        write_down(ROOT / "docs" / "acts.md", {"measured": tables, "rules": render_rules()})


if __name__ == "__main__":
    main()
