"""Make the synthetic sample that ``plnmap demo`` imports.

``python data/make_sample.py [--out DIR]`` writes three archives and the list of
who is meant to be what. Everybody and everything in them is invented, links
lead to domains reserved for examples, and the same script makes the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import io
from pathlib import Path

from sample_texts.layouts import zipped
from sample_texts.mastodon_export import export
from sample_texts.plot import two_lives
from sample_texts.story import EGO, EGO_ON_MASTODON, MENTOR, Story
from sample_texts.x_archive import ego_archive
from sample_texts.x_archive_2012 import mentor_archive

SEED = 20160302


def sample(seed: int = SEED) -> dict[str, bytes]:
    """Every file of the sample by name."""
    story = two_lives(seed)
    people = story.people
    return {
        "ego-twitter.zip": zipped(ego_archive(story, people[EGO])),
        "mentor-twitter.zip": zipped(mentor_archive(story, people[MENTOR])),
        "ego-mastodon.zip": zipped(export(story, people[EGO_ON_MASTODON])),
        "people.csv": _oracle(story).encode(),
    }


def _oracle(story: Story) -> str:
    """Who is meant to be what: handle, part (joined by ``;``) and why."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("handle", "part", "note"))
    rows.writerows((person.handle, person.part, person.note) for person in story.people.values())
    return text.getvalue()


def main() -> None:
    """Write the sample to a folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "sample", help="where to write")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for name, content in sample().items():
        (out / name).write_bytes(content)


if __name__ == "__main__":
    main()
