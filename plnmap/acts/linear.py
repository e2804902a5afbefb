"""A linear model over n-grams: how likely each of many texts does an act.

The weight of an n-gram lies in a table under its hash (`plnmap.acts.ngrams`), so a model is one
array, and of each text the log-odds are a sum.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from plnmap.acts.ngrams import FORMAT, Numbers, Vocabulary, batches, ngrams, read, word_edges
from plnmap.errors import BadData

if TYPE_CHECKING:
    from scipy import sparse


class Model(NamedTuple):
    """Weights, and what they were made for."""

    weights: NDArray[np.float32]
    """Under the hash of an n-gram, what it says for the act; as many as a power of two."""
    bias: float
    vocabulary: Vocabulary
    about: dict[str, Any]
    """Header of the file: language, act, threshold, corpora with their licences, how it was trained."""


class Reason(NamedTuple):
    """What a stretch of words adds to the log-odds."""

    words: str
    weight: float
    start: int
    stop: int


def load(path: Path, lang: str, digest: str) -> Model:
    """Read a model.

    Parameters
    ----------
    path
        A file written by `save`.
    lang
        Language of the pack that it belongs to.
    digest
        SHA-256 of the file that the pack was made with, hexadecimal.

    Raises
    ------
    BadData
        The file is missing, is another one than the pack was made with, or was made for
        another language or another way of reading texts.
    """
    hint = "install plnmap again; after training a model anew, put its digest into the pack"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadData(f"the model {path.name} cannot be read: {error.strerror}", hint) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise BadData(f"the model {path.name} is not the one that the “{lang}” rules were made with", hint)
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            about = json.loads(bytes(file["about"]))
            weights = np.zeros(about["buckets"], np.float32)
            weights[np.cumsum(file["gaps"])] = file["weights"]
            vocabulary = Vocabulary(*(file[column] for column in Vocabulary._fields))
    except (zipfile.BadZipFile, EOFError, KeyError, ValueError) as error:
        raise BadData(f"{path.name} is no file of a model", hint) from error
    for what, expected in (("format", FORMAT), ("lang", lang)):
        if about.get(what) != expected:
            raise BadData(f"the model {path.name} is for {what} {about.get(what)}, not {expected}", hint)
    return Model(weights, about["bias"], vocabulary, about)


def save(path: Path, model: Model) -> str:
    """Write a model, of its weights those that are not 0, at half precision.

    The same model makes the same bytes.

    Returns
    -------
    str
        SHA-256 of the file, which the pack has to name.
    """
    about = {**model.about, "format": FORMAT, "buckets": len(model.weights), "bias": model.bias}
    places = np.flatnonzero(model.weights)
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            about=np.frombuffer(json.dumps(about, sort_keys=True, ensure_ascii=False).encode(), np.uint8),
            gaps=np.diff(places, prepend=0).astype(np.uint32),
            weights=model.weights[places].astype(np.float16),
            **model.vocabulary._asdict(),
        )
    return hashlib.sha256(path.read_bytes()).hexdigest()


def log_odds(model: Model, wordings: Sequence[str]) -> Numbers:
    """How strongly each text speaks for the act: 0 is even odds.

    Parameters
    ----------
    model
        As `load` gives it.
    wordings
        Texts as `plnmap.acts.model_rule.whole_wording` gives them.
    """
    parts = [np.empty(0)]
    for batch in batches(wordings):
        sums = np.full(len(batch), model.bias)
        for grams in ngrams(read(batch), model.vocabulary, len(model.weights)):
            sums += np.bincount(grams.text, model.weights[grams.bucket], len(batch)) * grams.scale
        parts.append(sums)
    return np.concatenate(parts)


def probability(log_odds: Numbers) -> Numbers:
    """Log-odds as probabilities.

    >>> probability(np.array([0.0, -800.0]))
    array([0.5, 0. ])
    """
    return np.exp(-np.logaddexp(0, -log_odds))


def reasons(model: Model, wording: str, at_most: int = 5) -> list[Reason]:
    """The stretches of words that speak most for the act, the strongest first.

    N-grams are widened to whole words, and what those over the same words add is summed.
    What overlaps a stronger stretch is left out. Where nothing speaks for the act, the
    list is empty.
    """
    letters = read([wording])
    opens, closes = word_edges(letters)
    added: Counter[tuple[int, int]] = Counter()
    for grams in ngrams(letters, model.vocabulary, len(model.weights)):
        weights = model.weights[grams.bucket] * grams.scale[0]
        spans = zip(opens[grams.first].tolist(), closes[grams.last].tolist(), strict=True)
        for span, weight in zip(spans, weights.tolist(), strict=True):
            added[span] += weight
    chosen: list[Reason] = []
    for (start, stop), weight in sorted(added.items(), key=lambda item: (-item[1], item[0])):
        if weight <= 0 or len(chosen) == at_most:
            break
        if start < stop and all(stop <= other.start or start >= other.stop for other in chosen):
            chosen.append(Reason(wording[start:stop], weight, start, stop))
    return chosen


def strongest(model: Model, wordings: Sequence[str]) -> list[tuple[int, int]]:
    """Per text, from where to where the first of its `reasons` reaches, or what comes nearest to one.

    A text without words has an empty span.
    """
    spans: list[tuple[int, int]] = []
    for batch in batches(wordings):
        letters = read(batch)
        opens, closes = word_edges(letters)
        parts = [
            (
                grams.text,
                opens[grams.first],
                closes[grams.last],
                model.weights[grams.bucket] * grams.scale[grams.text],
            )
            for grams in ngrams(letters, model.vocabulary, len(model.weights))
        ]
        text, start, stop, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
        worded = start < stop
        width = int(closes.max()) + 1
        stretches, number = np.unique(
            (text[worded] * width + start[worded]) * width + stop[worded], return_inverse=True
        )
        text, within = np.divmod(stretches, width * width)
        order = np.lexsort((-np.bincount(number, weight[worded], len(stretches)), text))
        chosen, first = np.unique(text[order], return_index=True)
        starts, stops = np.zeros((2, len(batch)), np.intp)
        starts[chosen], stops[chosen] = np.divmod(within[order[first]], width)
        spans += zip(starts.tolist(), stops.tolist(), strict=True)
    return spans


def counts(wordings: Sequence[str], vocabulary: Vocabulary, buckets: int) -> sparse.csr_array:
    """What training needs: per text, what a weight of 1 in each bucket would add."""
    from scipy import sparse

    parts = []
    for batch in batches(wordings):
        grams = list(ngrams(read(batch), vocabulary, buckets))
        rows, columns = (np.concatenate([part[column] for part in grams]) for column in (1, 2))
        added = np.concatenate([part.scale[part.text] for part in grams]).astype(np.float32)
        parts.append(sparse.csr_array((added, (rows, columns)), (len(batch), buckets)))
    return sparse.vstack(parts, format="csr")
