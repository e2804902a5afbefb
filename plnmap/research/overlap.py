"""How much the contacts of two people overlap, for one person against everybody else."""

from __future__ import annotations

import numpy as np

from plnmap.analysis.status import Floats, Ints


def shared_contacts(one: Ints, other: Ints, ego: int, people: int) -> tuple[Floats, Floats]:
    """Shared contacts of ego and each other person, by two measures; 0 where there are none.

    Parameters
    ----------
    one, other
        Pairs of people (numbers from 0) who were in contact, in any direction
        and order; repeats and pairs of one person with themselves do not count.
    ego
        Number of the person compared with all others.
    people
        How many there are.

    Returns
    -------
    tuple of Floats
        Jaccard (1901): |shared| / |contacts of either|, 0 to 1; and Adamic &
        Adar (2003): Σ 1/ln(contacts of the shared person).

    Examples
    --------
    Ego 0 knows 1, 2 and 3; 1 also knows 2:

    >>> jaccard, adamic_adar = shared_contacts(np.array([0, 0, 0, 1]), np.array([1, 2, 3, 2]), 0, 4)
    >>> jaccard[1:].tolist()  # of 1 and ego: 2 is shared, {0, 1, 2, 3} in all
    [0.25, 0.25, 0.0]
    >>> adamic_adar[1:].round(4).tolist()  # 1/ln 2: the shared person has two contacts
    [1.4427, 1.4427, 0.0]
    """
    low, high = np.minimum(one, other), np.maximum(one, other)
    pairs = np.unique((low * people + high)[low != high])
    a, b = (
        np.concatenate([pairs // people, pairs % people]),
        np.concatenate([pairs % people, pairs // people]),
    )
    degree = np.bincount(a, minlength=people)
    mine = np.zeros(people, dtype=np.bool_)
    mine[b[a == ego]] = True
    through = mine[b] & (a != ego)
    who, shared = a[through], b[through]
    common = np.bincount(who, minlength=people)
    either = degree + degree[ego] - common
    # Whoever is shared has at least two contacts, so that the logarithm is above 0.
    adamic_adar = np.bincount(who, weights=1 / np.log(degree[shared]), minlength=people)
    return common / np.maximum(either, 1), adamic_adar.astype(np.float64)
