"""A small vocabulary for the tests of n-grams and of the model that counts them."""

from __future__ import annotations

import numpy as np

from plnmap.acts.ngrams import Vocabulary, hashes

BUCKETS = 1 << 14
KNOWN = {"kiln": 0, "kettle": 0, "the": 1, "rarely": 2, ".": 3, "!": 3}


def vocabulary(known: dict[str, int]) -> Vocabulary:
    classes = [number for _, number in sorted((int(hashes([word])[0]), known[word]) for word in known)]
    return Vocabulary(
        hashes(["you", "the", "should"]), hashes(["try", "go"]), hashes(known), np.array(classes, np.uint8)
    )


VOCABULARY = vocabulary(KNOWN)
