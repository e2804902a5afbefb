"""What the X API says where it shows nothing."""

from __future__ import annotations

from typing import Any, Final

NOT_ENROLLED: Final = {
    "client_id": "1",
    "detail": "When asking the API v2, you must use keys of an app that is attached to a project.",
    "title": "Client Forbidden",
    "reason": "client-not-enrolled",
    "type": "https://api.twitter.com/2/problems/client-forbidden",
}

_TYPES: Final = {"Authorization Error": "not-authorized-for-resource"}


def problem(resource: str, parameter: str, value: str, title: str, detail: str) -> dict[str, Any]:
    """A partial error, about one thing that was asked for or referred to."""
    return {
        "resource_type": resource,
        "parameter": parameter,
        "value": value,
        "resource_id": value,
        "title": title,
        "detail": detail,
        "type": f"https://api.twitter.com/2/problems/{_TYPES.get(title, 'resource-not-found')}",
    }
