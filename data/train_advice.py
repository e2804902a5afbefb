"""Train the linear model that stands beside the rules for advice in English.

    python -m data.train_advice [--out FILE]

Reads the training parts of two corpora of sentences out of answers on Reddit, both under the MIT
licence, from the folder ``PLNMAP_REAL_DATA`` (else ``../shared/data``), learns classes of words from
them and from the comments of GoEmotions (Apache-2.0; their labels are not looked at), writes the
weights, and prints the digest that ``plnmap/acts/english/advice.py`` has to name, with what was
measured on the way. The same data and seed make the same weights. The forum suggestions of SemEval
2019 are under CC BY-NC-SA 4.0, which the weights of a free program cannot be: nothing is learned
from them, they are only scored, as a domain that the model does not know.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse
from scipy.sparse import linalg

from benchmarks.acts import DATA, ROOT, advice, goemotions, suggestions, untokenised
from plnmap.acts import linear
from plnmap.acts.english import ENGLISH
from plnmap.acts.model_rule import whole_wording
from plnmap.acts.ngrams import LENGTHS, Hashes, Integers, Vocabulary, batches, hashes, word_hashes
from plnmap.acts.ngrams import read as letters
from plnmap.acts.text import Text

SEED: Final = 20_040
CORPORA: Final = ("askparents", "needadvice")
BUCKETS: Final = 1 << 22
"""Four times as many as there are n-grams: of fewer, too many share their weight with a stranger."""
TEXTS: Final = 3
"""An n-gram of fewer texts is left out."""
KEPT: Final = 60_000
"""Weights: more of them add nothing that cross-validation could see."""
FREQUENT: Final = 300
"""Words that are shapes of their own."""
VERBS: Final = """
    accept add admit agree allow apologise apply arrange ask avoid bathe believe book borrow breathe
    bring build buy call carry change check choose clean click close compare complain consider contact
    convert cook copy cover create cut decide delete discuss download drink drive drop eat email
    encourage enjoy ensure establish exercise expect explain explore feed feel figure fill find finish
    focus follow forget get give go google grab grow hang have help hide hire hold hug ignore improve
    increase install introduce invest invite join keep learn leave let limit listen live lock look lower
    make meet mention move note offer open order pack park pay pick plan play practice praise prepare
    press prevent protect pull push put raise reach read recommend record reduce relax remember remind
    remove rent replace report request research reserve respect rest restart return reward ride run save
    say schedule search see seek select sell send set share show shut sign sit skip sleep speak spend
    stand start stay stick stop study suggest switch take talk teach tell test think throw track travel
    treat trust try turn type understand update upload use visit wait walk wash watch wear work wrap
    write
"""
"""What people are told to do, in the form in which they are told."""
CLASSES: Final = 64
"""Of words that stand in the same places (Schütze 1995): by them the model reads sentences about things
that it was not trained on."""
KNOWN: Final = 5_000
"""Words that get a class: others are too rare to tell where they stand."""
NEIGHBOURS: Final = 800
"""Words by which a place is told."""
PLACES: Final = (-2, -1, 1, 2)
DIMENSIONS: Final = 60
ROUNDS: Final = 30
CLASS_SEED: Final = 1_995
PENALTY: Final = 1.5
"""Of the squared weights; twice and half of it change F1 by less than a hundredth."""
DOUBTFUL: Final = 0.3
"""Weight of the label that discounts hasty annotators, beside that of the majority."""
FOLDS: Final = 4
ALIKE: Final = 0.003
"""Two sums of F1 over both corpora that differ by less are alike: resampled threads differ by ten times
as much."""

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Corpus(NamedTuple):
    """Sentences with what people said of them."""

    wordings: list[str]
    advises: Flags
    """By the majority of the annotators."""
    target: Numbers
    """The same, softened where a model of the annotators disagrees."""
    threads: list[str]
    by_rule: Flags
    """The rules find advice."""


def read(name: str) -> Corpus:
    """The training part of a corpus."""
    with (DATA / "acts" / "advice" / f"{name}_train.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts = [untokenised(row["Sentence"]) for row in rows]
    majority, modelled = (
        np.array([row[column] == "1" for row in rows]) for column in ("Majority_label", "DS_Label")
    )
    return Corpus(
        [whole_wording(text) for text in texts],
        majority,
        (1 - DOUBTFUL) * majority + DOUBTFUL * modelled,
        [row["ID"].partition("-")[0] for row in rows],
        found_by_rules(texts),
    )


def frequent(wordings: Sequence[str]) -> list[str]:
    """The words that are in most texts."""
    texts = Counter(word for wording in wordings for word in set(re.findall(r"[\w']+", wording)))
    return [word for word, _ in sorted(texts.items(), key=lambda item: (-item[1], item[0]))[:FREQUENT]]


def word_classes(wordings: Sequence[str]) -> tuple[Hashes, NDArray[np.uint8]]:
    """The most frequent words as sorted hashes, and the class of each.

    Parameters
    ----------
    wordings
        Many texts as `plnmap.acts.model_rule.whole_wording` gives them, with more different words than
        there are to be classes.
    """
    words = np.concatenate([word_hashes(letters(batch)) for batch in batches(wordings)])
    different, number, often = np.unique(words, return_inverse=True, return_counts=True)
    by_frequency = np.argsort(-often, kind="stable")
    rank = np.empty(len(different), np.intp)
    rank[by_frequency] = np.arange(len(different))
    n = min(KNOWN, len(different))
    known = different[by_frequency[:n]]
    classes = clustered(directions(beside(rank[number], n)))
    order = np.argsort(known)
    return known[order], classes[order].astype(np.uint8)


def beside(ranks: Integers, n: int) -> sparse.csr_array:
    """How much oftener than by chance each frequent word stands beside each neighbour, place by place.

    The logarithm of the ratio where it is above 0 (positive pointwise mutual information, of
    neighbours to the power of ¾, so that rare ones do not outweigh the others: Levy et al. 2015).
    """
    rows, columns = [], []
    for block, place in enumerate(PLACES):
        here, there = (ranks[-place:], ranks[:place]) if place < 0 else (ranks[:-place], ranks[place:])
        both = (here < n) & (there < NEIGHBOURS)
        rows.append(here[both])
        columns.append(there[both] + block * NEIGHBOURS)
    at = (np.concatenate(rows), np.concatenate(columns))
    together = sparse.coo_array((np.ones(len(at[0])), at), (n, len(PLACES) * NEIGHBOURS)).tocsr().tocoo()
    of_word = np.bincount(together.row, together.data)
    of_place = np.bincount(together.col, together.data) ** 0.75
    of_place /= of_place.sum()
    ratio = np.log(together.data / (of_word[together.row] * of_place[together.col]))
    return sparse.coo_array((np.maximum(ratio, 0), (together.row, together.col)), together.shape).tocsr()


def directions(places: sparse.csr_array) -> Numbers:
    """Each word as a direction in which it lies close to words with like neighbours."""
    axes, strengths, _ = linalg.svds(places, DIMENSIONS, v0=np.ones(min(places.shape)))
    points = axes * np.sqrt(strengths)
    return np.asarray(points / (np.linalg.norm(points, axis=1, keepdims=True) + 1e-9))


def clustered(points: Numbers) -> Integers:
    """The class of each direction: k-means on the sphere."""
    random = np.random.default_rng(CLASS_SEED)
    centres = points[random.choice(len(points), CLASSES, replace=False)]
    nearest: Integers = np.argmax(points @ centres.T, axis=1)
    for _ in range(ROUNDS):
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, points)
        empty = np.bincount(nearest, minlength=CLASSES) == 0
        sums[empty] = points[random.integers(len(points), size=empty.sum())]
        centres = sums / (np.linalg.norm(sums, axis=1, keepdims=True) + 1e-9)
        nearest = np.argmax(points @ centres.T, axis=1)
    return nearest


def found_by_rules(texts: Sequence[str]) -> Flags:
    """Whether the rules find advice in each text, read as an answer."""
    answers = [Text("", text, "en", is_reply=True) for text in texts]
    return np.array([any(hit.act == "advice" for hit in hits) for hits in ENGLISH.tag(answers)])


def fit(counts: sparse.csr_array, target: Numbers) -> tuple[NDArray[np.float32], float]:
    """Weights and bias of a logistic regression over n-grams that are first weighted one by one.

    Each n-gram is scaled by how much likelier it is on one side than on the other (Wang & Manning
    2012), so that the penalty spares those that tell.
    """
    texts = np.bincount(counts.indices, minlength=counts.shape[1])
    used = np.flatnonzero(texts >= TEXTS)
    counts_used = counts[:, used]
    telling = 0.2 + np.abs(log_ratio(counts_used, target))
    scaled = (counts_used @ sparse.diags_array(telling.astype(np.float32))).tocsr()
    transposed = scaled.T.tocsr()

    def loss(parameters: Numbers) -> tuple[float, Numbers]:
        weights, bias = parameters[:-1], parameters[-1]
        odds = scaled @ weights.astype(np.float32) + bias
        lost = np.sum(np.logaddexp(0, odds) - target * odds) + PENALTY / 2 * (weights @ weights)
        wrong = linear.probability(odds) - target
        return lost, np.append(transposed @ wrong.astype(np.float32) + PENALTY * weights, wrong.sum())

    start = np.zeros(len(used) + 1)
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 80}).x
    weights = np.zeros(counts.shape[1], np.float32)
    weights[used] = found[:-1] * telling
    matters = np.abs(weights) * np.sqrt(texts)
    weights[np.argsort(-matters, kind="stable")[KEPT:]] = 0
    return weights, float(found[-1])


def log_ratio(counts: sparse.csr_array, target: Numbers) -> Numbers:
    """Log of how much likelier each n-gram is in advice than elsewhere, smoothed by one text."""
    present = counts.astype(bool).astype(np.float32).T
    there, elsewhere = present @ target + 1, present @ (1 - target) + 1
    return np.asarray(np.log((there / there.sum()) / (elsewhere / elsewhere.sum())))


def unseen(counts: sparse.csr_array, target: Numbers, parts: Sequence[str]) -> Numbers:
    """Log-odds of each text by a model that saw no text of its part."""
    names, number = np.unique(parts, return_inverse=True)
    odds = np.empty(len(target))
    for held_out in range(len(names)):
        weights, bias = fit(counts[number != held_out], target[number != held_out])
        odds[number == held_out] = counts[number == held_out] @ weights + bias
    return odds


def folds(threads: Sequence[str]) -> list[str]:
    """The fold of each text: that of its thread."""
    names = np.unique(threads).tolist()
    fold = dict(zip(names, np.random.default_rng(SEED).integers(FOLDS, size=len(names)), strict=True))
    return [str(fold[thread]) for thread in threads]


def f1(found: Flags, labelled: Flags) -> float:
    """Harmonic mean of precision and recall."""
    return float(2 * np.sum(found & labelled) / (np.sum(found) + np.sum(labelled)))


def best_threshold(score: Callable[[float], float]) -> float:
    """The highest log-odds, to a twentieth, about which the score is as good as anywhere.

    At the top the score is flat and jagged; of two thresholds that score alike, the higher one finds
    less and is right more often.
    """
    steps = np.arange(-40, 21)
    about = np.convolve([score(step / 20) for step in steps], np.full(5, 1 / 5), "same")
    return float(steps[np.flatnonzero(about >= about.max() - ALIKE)[-1]] / 20)


def main() -> None:
    """Train, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = ROOT / "plnmap" / "acts" / "english" / "advice_model.npz"
    parser.add_argument("--out", type=Path, default=default, help="where to write")
    out: Path = parser.parse_args().out

    corpora = [read(name) for name in CORPORA]
    wordings = [wording for corpus in corpora for wording in corpus.wordings]
    unlabelled = [whole_wording(row.text.text) for row in goemotions("train", set())]
    known, classes = word_classes([*wordings, *unlabelled])
    vocabulary = Vocabulary(hashes(frequent(wordings)), hashes(VERBS.split()), known, classes)
    counts = linear.counts(wordings, vocabulary, BUCKETS)
    target = np.concatenate([corpus.target for corpus in corpora])
    sizes = [len(corpus.wordings) for corpus in corpora]
    ends = np.cumsum(sizes)[:-1]
    parts = {
        "threads": folds([thread for corpus in corpora for thread in corpus.threads]),
        "corpus": np.repeat(CORPORA, sizes).tolist(),
    }
    odds = {what: np.split(unseen(counts, target, part), ends) for what, part in parts.items()}

    def scores(what: str, threshold: float) -> list[float]:
        return [
            f1((z > threshold) | corpus.by_rule, corpus.advises)
            for z, corpus in zip(odds[what], corpora, strict=True)
        ]

    # A model of one corpus has the share of advice there in its log-odds; what is shipped knows both.
    threshold = best_threshold(lambda threshold: sum(scores("threads", threshold)))
    for what in odds:
        for name, reached in zip(CORPORA, scores(what, threshold), strict=True):
            print(f"{name}, unseen {what}: F1 {reached:.3f}")
    weights, bias = fit(counts, target)
    about = {
        "lang": "en",
        "act": "advice",
        "threshold": threshold,
        "features": {f"{kind} n-grams": lengths for kind, lengths in LENGTHS.items()},
        "trained_on": [
            {
                "corpus": f"{name}, training part, {len(corpus.wordings)} sentences of answers on Reddit",
                "source": "Govindarajan et al. 2020, Help! Need Advice on Identifying Advice",
                "licence": "MIT",
            }
            for name, corpus in zip(CORPORA, corpora, strict=True)
        ],
        "classes_of_words_from": {
            "corpus": f"GoEmotions, training part, {len(unlabelled)} comments on Reddit, and the two above",
            "source": "Demszky et al. 2020, GoEmotions: A Dataset of Fine-Grained Emotions",
            "licence": "Apache-2.0",
        },
        "seed": SEED,
    }
    digest = linear.save(out, linear.Model(weights, bias, vocabulary, about))
    model = linear.load(out, "en", digest)
    others = {f"{name} dev": list(advice(name, "dev")) for name in CORPORA}
    others |= {f"suggestions {part}, not trained on": list(suggestions(part)) for part in ("dev", "train")}
    for name, rows in others.items():
        texts = [row.text.text for row in rows]
        z = linear.log_odds(model, [whole_wording(text) for text in texts])
        labelled = np.array([row.positive for row in rows])
        print(f"{name}: F1 {f1((z > threshold) | found_by_rules(texts), labelled):.3f}")
    print(f"threshold {threshold}, {out.stat().st_size:,} bytes, digest {digest}")


if __name__ == "__main__":
    main()
