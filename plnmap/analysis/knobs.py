"""What a knob is: its bounds, its reason, and how another value than the default is read."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

from plnmap.errors import UsageError


class Bounds(NamedTuple):
    """Smallest and largest value a knob may take."""

    low: float
    high: float


Weight = Annotated[float, Bounds(-100, 100)]
Share = Annotated[float, Bounds(0, 1)]
Factor = Annotated[float, Bounds(0, 1_000_000)]
Count = Annotated[int, Bounds(1, 1_000_000)]
Days = Annotated[int, Bounds(1, 36_525)]
Hours = Annotated[int, Bounds(1, 8_760)]


class Knob(NamedTuple):
    """One setting: its dotted name, value, and the reason for its default."""

    name: str
    value: Any
    reason: str


def _hints(owner: Any) -> dict[str, Any]:
    return get_type_hints(type(owner), include_extras=True)


def knobs(owner: Any, prefix: str = "") -> Iterator[Knob]:
    """Every knob of a group of settings, and of the groups within it, in order of definition.

    Parameters
    ----------
    owner
        The group: a dataclass whose fields are groups, or values annotated with bounds and a reason.
    prefix
        What the names begin with.
    """
    hints = _hints(owner)
    for each in fields(owner):
        value = getattr(owner, each.name)
        if is_dataclass(value):
            yield from knobs(value, f"{prefix}{each.name}.")
        else:
            (reason,) = (note for note in get_args(hints[each.name])[1:] if isinstance(note, str))
            yield Knob(f"{prefix}{each.name}", value, reason)


def with_changes(owner: Any, changes: dict[str, Any], prefix: str = "") -> Any:
    """A copy of a group of settings with the changes of a TOML table.

    Parameters
    ----------
    owner
        The group, see `knobs`.
    changes
        What the table holds, as `tomllib` reads it.
    prefix
        What the names in errors begin with.

    Raises
    ------
    UsageError
        There is no such setting, or the value is of the wrong type or out of bounds.
    """
    hints = _hints(owner)
    values = {each.name: getattr(owner, each.name) for each in fields(owner)}
    for name, given in changes.items():
        path = f"{prefix}{name}"
        if name not in values:
            near = get_close_matches(name, values, n=1, cutoff=0)
            raise UsageError(f"there is no setting {path!r}", hint=f"did you mean {prefix}{near[0]}?")
        if not is_dataclass(values[name]):
            values[name] = _checked(given, hints[name], path)
        elif isinstance(given, dict):
            values[name] = with_changes(values[name], given, f"{path}.")
        else:
            raise UsageError(f"{path} is a group of settings, not a value", hint=f"write [{path}]")
    return type(owner)(**values)


def _checked(given: Any, hint: Any, path: str) -> Any:
    kind, *notes = get_args(hint)
    if get_origin(kind) is tuple:
        if not isinstance(given, list) or not all(type(item) is int for item in given):
            raise UsageError(f"{path} = {given!r} is not a list of whole numbers")
        return tuple(given)
    (bounds,) = (note for note in notes if isinstance(note, Bounds))
    # TOML's true is Python's 1: ask for the exact type.
    if type(given) is not kind and not (kind is float and type(given) is int):
        wanted = "a whole number" if kind is int else "a number"
        raise UsageError(f"{path} = {given!r} is not {wanted}")
    if not math.isfinite(given) or not bounds.low <= given <= bounds.high:
        raise UsageError(f"{path} = {given} is outside {bounds.low:g} to {bounds.high:g}")
    return kind(given)
