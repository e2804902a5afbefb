"""Logging in as both platforms do it: apps, codes, proof of possession, tokens that end, revoking.

`Door.allow` is the person in the browser.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.scenario.mastodon_api import HOME
from tests.scenario.server import Reply, Request, Route, route
from tests.scenario.x_api import HOST as X

X_APP: Final = "x-client-id"
X_SECRET: Final = "x-client-secret-hush"
X_REDIRECT: Final = "http://127.0.0.1:8765/callback"
X_OWNER: Final = ("1001", "ada")
PASTED: Final = "urn:ietf:wg:oauth:2.0:oob"


@dataclass
class Door:
    """A Mastodon server and X, as far as logging in goes.

    Attributes
    ----------
    apps
        Client id → secret (None: it has none), redirect.
    tokens
        Token → whether it is good still.
    seconds
        How long a token of X is good.
    """

    apps: dict[str, tuple[str | None, str]] = field(default_factory=lambda: {X_APP: (X_SECRET, X_REDIRECT)})
    tokens: dict[str, bool] = field(default_factory=dict)
    refreshing: set[str] = field(default_factory=set)
    seconds: float = 7200.0
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def routes(self) -> list[Route]:
        """What is answered, beside what the platforms answer."""
        return [
            route((HOME,), "/api/v1/apps", self._register, "POST"),
            route((HOME,), "/oauth/token", self._token, "POST"),
            route((HOME,), "/oauth/revoke", self._revoke, "POST"),
            route((X,), "/2/oauth2/token", self._token, "POST"),
            route((X,), "/2/oauth2/revoke", self._revoke, "POST"),
            route((X,), "/2/users/me", self._me),
            route((X,), "/2/users/by", self._by),
        ]

    def allow(self, address: str) -> str:
        """Open the address and say yes: the address that the browser is sent to, or the code to copy."""
        asked = dict(parse_qsl(urlsplit(address).query))
        redirect = self.apps[asked["client_id"]][1]
        assert asked["redirect_uri"] == redirect, "a redirect that was not registered"
        assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
        code = f"code-{len(self._codes)}-hush"
        self._codes[code] = asked
        if redirect == PASTED:
            return code
        return f"{redirect}?{urlencode({'state': asked['state'], 'code': code})}"

    def refuse(self, address: str) -> str:
        """Open the address and say no."""
        asked = dict(parse_qsl(urlsplit(address).query))
        return f"{asked['redirect_uri']}?{urlencode({'state': asked['state'], 'error': 'access_denied'})}"

    def hushed(self) -> list[str]:
        """Everything that must be nowhere but in the file of the secrets."""
        return [*self.tokens, *self.refreshing, *(secret for secret, _ in self.apps.values() if secret)]

    def _register(self, request: Request) -> Reply:
        number = len(self.apps)
        self.apps[f"app-{number}"] = (f"app-secret-{number}-hush", request.form["redirect_uris"])
        return Reply(
            {"id": "1", "client_id": f"app-{number}", "client_secret": self.apps[f"app-{number}"][0]}
        )

    def _is_app(self, request: Request) -> bool:
        """The secret comes in the form at Mastodon, in a header at X."""
        secret = self.apps.get(request.form.get("client_id", ""), (None, ""))[0]
        if request.host == HOME:
            return request.form.get("client_secret") == secret
        written = base64.b64encode(f"{request.form['client_id']}:{secret}".encode()).decode()
        return request.headers.get("authorization") == f"Basic {written}"

    def _token(self, request: Request) -> Reply:
        form = request.form
        if not self._is_app(request):
            return Reply({"error": "invalid_client"}, 401)
        if form["grant_type"] == "refresh_token":
            if form["refresh_token"] not in self.refreshing:
                return Reply({"error": "invalid_grant"}, 400)
            self.refreshing.remove(form["refresh_token"])
            return self._grant("", renewable=True)
        asked = self._codes.pop(form["code"], None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
        proven = (proof.rstrip(b"=").decode(), form["redirect_uri"])
        if asked is None or (asked["code_challenge"], asked["redirect_uri"]) != proven:
            return Reply({"error": "invalid_grant", "error_description": "The code is \x1b[31minvalid"}, 400)
        return self._grant(asked["scope"], renewable="offline.access" in asked["scope"])

    def _grant(self, scope: str, *, renewable: bool) -> Reply:
        token = f"token-{len(self.tokens)}-hush"
        self.tokens[token] = True
        granted: dict[str, Any] = {"access_token": token, "token_type": "Bearer", "scope": scope}
        if renewable:
            self.refreshing.add(f"refresh-{token}")
            granted |= {"refresh_token": f"refresh-{token}", "expires_in": self.seconds}
        return Reply(granted)

    def _revoke(self, request: Request) -> Reply:
        if not self._is_app(request):
            return Reply({"error": "unauthorized_client"}, 403)
        self.refreshing.discard(request.form["token"])
        if request.form["token"] in self.tokens:
            self.tokens[request.form["token"]] = False
        return Reply({})

    def _me(self, request: Request) -> Reply:
        if not self.tokens.get(request.token or ""):
            return Reply({"title": "Unauthorized"}, 403 if request.token == "app-token-hush" else 401)
        return Reply({"data": _x_owner()})

    def _by(self, request: Request) -> Reply:
        if request.query["usernames"].lower() != X_OWNER[1]:
            return Reply({"errors": [{"title": "Not Found Error"}]})
        return Reply({"data": [_x_owner()]})


def _x_owner() -> dict[str, Any]:
    counts = {"followers_count": 12, "following_count": 0, "tweet_count": 3400}
    return {"id": X_OWNER[0], "username": X_OWNER[1], "name": "Ada", "public_metrics": counts}
