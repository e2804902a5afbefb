"""Train the linear model that stands beside the rules for advice in English.

    python -m data.train_advice [--out FILE]

Reads the training parts of two corpora of sentences out of answers on Reddit, both under the MIT
licence, from the folder ``PLNMAP_REAL_DATA`` (else ``../shared/data``), writes the weights, and
prints the digest that ``plnmap/acts/english/advice.py`` has to name, with what was measured on
the way. The same data and seed make the same weights. The forum suggestions of SemEval 2019 are
under CC BY-NC-SA 4.0, which the weights of a free program cannot be: no weight is learned from
them, they are only scored, as a domain that the model does not know.
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

from benchmarks.acts import DATA, ROOT, advice, suggestions, untokenised
from plnmap.acts import linear
from plnmap.acts.english import ENGLISH
from plnmap.acts.ngrams import LENGTHS, Vocabulary, hashes
from plnmap.acts.rules import visible
from plnmap.acts.text import Text

SEED: Final = 20_040
CORPORA: Final = ("askparents", "needadvice")
BUCKETS: Final = 1 << 20
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
PENALTY: Final = 1.0
"""Of the squared weights; twice and half of it change F1 by less than a hundredth."""
DOUBTFUL: Final = 0.3
"""Weight of the label that discounts hasty annotators, beside that of the majority."""
FOLDS: Final = 4

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
        [visible(text) for text in texts],
        majority,
        (1 - DOUBTFUL) * majority + DOUBTFUL * modelled,
        [row["ID"].partition("-")[0] for row in rows],
        found_by_rules(texts),
    )


def frequent(wordings: Sequence[str]) -> list[str]:
    """The words that are in most texts."""
    texts = Counter(word for wording in wordings for word in set(re.findall(r"[\w']+", wording)))
    return [word for word, _ in sorted(texts.items(), key=lambda item: (-item[1], item[0]))[:FREQUENT]]


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


def cross_validated(counts: sparse.csr_array, target: Numbers, threads: Sequence[str]) -> Numbers:
    """Log-odds of each text by a model that saw no text of its thread."""
    names = np.unique(threads)
    fold_of = dict(zip(names, np.random.default_rng(SEED).integers(FOLDS, size=len(names)), strict=True))
    fold = np.array([fold_of[thread] for thread in threads])
    odds = np.empty(len(target))
    for held_out in range(FOLDS):
        weights, bias = fit(counts[fold != held_out], target[fold != held_out])
        odds[fold == held_out] = counts[fold == held_out] @ weights + bias
    return odds


def f1(found: Flags, labelled: Flags) -> float:
    """Harmonic mean of precision and recall."""
    return float(2 * np.sum(found & labelled) / (np.sum(found) + np.sum(labelled)))


def best_threshold(score: Callable[[float], float]) -> float:
    """The log-odds from which on the score is best, to a twentieth."""
    return max((step / 20 for step in range(-40, 21)), key=score)


def main() -> None:
    """Train, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = ROOT / "plnmap" / "acts" / "english" / "advice_model.npz"
    parser.add_argument("--out", type=Path, default=default, help="where to write")
    out: Path = parser.parse_args().out

    corpora = [read(name) for name in CORPORA]
    wordings = [wording for corpus in corpora for wording in corpus.wordings]
    vocabulary = Vocabulary(hashes(frequent(wordings)), hashes(VERBS.split()))
    counts = linear.counts(wordings, vocabulary, BUCKETS)
    target = np.concatenate([corpus.target for corpus in corpora])
    ends = np.cumsum([len(corpus.wordings) for corpus in corpora])[:-1]
    odds = np.split(
        cross_validated(counts, target, [thread for corpus in corpora for thread in corpus.threads]), ends
    )

    def score(threshold: float) -> float:
        scores = [f1((z > threshold) | c.by_rule, c.advises) for z, c in zip(odds, corpora, strict=True)]
        return sum(scores) / len(scores)

    threshold = best_threshold(score)
    for name, z, corpus in zip(CORPORA, odds, corpora, strict=True):
        print(f"{name}, unseen threads: F1 {f1((z > threshold) | corpus.by_rule, corpus.advises):.3f}")
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
        "seed": SEED,
    }
    digest = linear.save(out, linear.Model(weights, bias, vocabulary, about))
    model = linear.load(out, "en", digest)
    others = {f"{name} dev": list(advice(name, "dev")) for name in CORPORA}
    others |= {f"suggestions {part}, not trained on": list(suggestions(part)) for part in ("dev", "train")}
    for name, rows in others.items():
        texts = [row.text.text for row in rows]
        z = linear.log_odds(model, [visible(text) for text in texts])
        labelled = np.array([row.positive for row in rows])
        print(f"{name}: F1 {f1((z > threshold) | found_by_rules(texts), labelled):.3f}")
    print(f"threshold {threshold}, {out.stat().st_size:,} bytes, digest {digest}")


if __name__ == "__main__":
    main()
