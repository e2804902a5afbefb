"""Who may be asked, and on whose behalf: `login`, `logout`."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from plnmap.commands.base import Command, Commands
from plnmap.commands.options import quiet
from plnmap.console import may_ask, note
from plnmap.errors import PlnmapError, UsageError
from plnmap.words import plain

if TYPE_CHECKING:
    from plnmap.sources.connection import Connection
    from plnmap.sources.credentials import Keys, Login
    from plnmap.sources.oauth import App
    from plnmap.sources.redirect import Catcher

TOKEN_VARIABLES = {"mastodon": "PLNMAP_MASTODON_TOKEN", "twitter": "PLNMAP_TWITTER_TOKEN"}
"""One for each platform: what opens one account is not shown to another server."""

SECRET_VARIABLE = "PLNMAP_CLIENT_SECRET"

_OF_AN_APP = (
    "  taken as the token of an app, which sees no favourites and pays full prices;\n"
    "  if it is your own, log in without a handle\n"
)


@click.group(cls=Commands, invoke_without_command=True)
@click.option("--status", is_flag=True, help="Who is logged in, since when, and where the secret lies.")
@click.pass_context
def login(context: click.Context, status: bool) -> None:
    """Let plnmap read an account of yours on Mastodon or X; it never writes there.

    The token goes into the system's keyring; where there is none, into a file
    that only you may read. It is never in the PLN file, nor shown.

    \b
    Examples:
      plnmap login mastodon social.example
      plnmap login twitter --client-id ID
      plnmap login --status
    """
    if status:
        from plnmap.report.logins import status_lines
        from plnmap.sources.credentials import accounts_file, logins

        click.echo(status_lines(logins(), accounts_file()))
    elif context.invoked_subcommand is None:
        click.echo(context.get_help())


@login.command()
@click.argument("server")
@click.option("--no-browser", is_flag=True, help="Print the address, and take the code that is pasted.")
@click.option("--token-stdin", is_flag=True, help="Read a token made on the server from stdin.")
@quiet
def mastodon(server: str, no_browser: bool, token_stdin: bool, quiet: bool) -> None:
    """Log in at SERVER: mastodon.social, or @you@mastodon.social.

    Where there is a display, your browser opens. Elsewhere (over ssh, say) open
    the address that is printed in any browser, and paste the code you get.
    """
    from plnmap.sources import logging_in
    from plnmap.sources.connection import connect
    from plnmap.sources.mastodon_live import rules_of

    host = logging_in.server_of(server)
    with connect() as connection, ExitStack() as stack:
        _show_rules(host, rules_of(connection, host), quiet=quiet)
        keys, scopes = _given_token("mastodon", token_stdin), logging_in.MASTODON_SCOPES
        if keys is None:
            catcher = _catcher(stack, no_browser)
            app = logging_in.register(connection, host, catcher.address if catcher else logging_in.PASTED)
            keys, scopes = _by_browser(connection, app, catcher, "code")
        _keep(logging_in.mastodon_login(connection, host, keys, scopes), keys, quiet=quiet)


@login.command()
@click.argument("handle", required=False)
@click.option("--client-id", metavar="ID", help="Log in through the browser, with this app of yours.")
@click.option(
    "--redirect",
    metavar="URL",
    help="The callback address of that app. [default: http://127.0.0.1:8765/callback]",
)
@click.option("--no-browser", is_flag=True, help="Print the address, and take the one that is pasted.")
@click.option("--token-stdin", is_flag=True, help="Read a token from stdin.")
@quiet
def twitter(
    handle: str | None,
    client_id: str | None,
    redirect: str | None,
    no_browser: bool,
    token_stdin: bool,
    quiet: bool,
) -> None:
    """Log in at X, with a token or with an app of your own. X bills one profile read.

    With --client-id your browser asks you whether the app may read; the app
    needs the callback address, and its secret, if it has one, in the variable
    PLNMAP_CLIENT_SECRET. Without it a token is asked for, or taken from stdin
    or from PLNMAP_TWITTER_TOKEN. HANDLE is yours: the token of an app does not say.
    """
    from plnmap.sources import logging_in
    from plnmap.sources.connection import connect
    from plnmap.sources.credentials import Keys
    from plnmap.sources.oauth import usable_token

    if client_id and token_stdin:
        raise UsageError(
            "a token on stdin and --client-id are two ways to log in", hint="leave one of them out"
        )
    keys: Keys | None
    with connect() as connection, ExitStack() as stack:
        if client_id:
            app_id, secret = usable_token(client_id, "client id").reveal(), os.environ.get(SECRET_VARIABLE)
            address = redirect or logging_in.X_REDIRECT
            catcher = _catcher(stack, no_browser, address)
            app = logging_in.x_app(app_id, usable_token(secret, "secret") if secret else None, address)
            keys, scopes = _by_browser(connection, app, catcher, "address your browser ends up at")
        else:
            keys, scopes = _given_token("twitter", token_stdin), ""
        if keys is None:
            typed = _ask_hidden("Token", "token", "plnmap login twitter --token-stdin < FILE")
            keys = Keys(usable_token(typed))
        _keep(logging_in.x_login(connection, keys, scopes, handle), keys, quiet=quiet)


@click.command(cls=Command)
@click.argument("account", required=False)
@quiet
def logout(account: str | None, quiet: bool) -> None:
    """Take the token of ACCOUNT back at its server, and forget it here.

    Also where the server does not answer: then the token is forgotten here,
    and you are told. What was collected stays in the PLN file.
    """
    from plnmap.sources.credentials import choose_login, forget_login, keys_of

    meant = choose_login(None, account, command="plnmap logout")
    try:
        left = _revoke(meant, keys_of(meant))
    except PlnmapError as exc:
        left = plain(exc.message)
    said = [f"{plain(meant.name)} is logged out", left]
    if not forget_login(meant):
        said.append(f"the keyring did not let go of the token: delete {plain(meant.account)} there yourself")
    note("\n  ".join(filter(None, said)), quiet=quiet)


def _revoke(meant: Login, keys: Keys) -> str:
    """Revoke a token; why that could not be done, or nothing."""
    from plnmap.sources.connection import connect
    from plnmap.sources.logging_in import app_of
    from plnmap.sources.oauth import revoke

    still = f"the token stays good at {meant.server} until you take it back there"
    if keys.client_id is None:
        return still
    try:
        with connect() as connection:
            done = all(
                revoke(connection, app_of(meant, keys), each) for each in (keys.refresh, keys.token) if each
            )
    except PlnmapError as exc:
        return f"{plain(exc.message)}: {still}"
    return "" if done else f"{meant.server} did not take it back: {still}"


def _show_rules(host: str, rules: list[str], *, quiet: bool) -> None:
    if rules:
        lines = "\n".join(f"  {number}. {plain(rule)}" for number, rule in enumerate(rules, start=1))
        note(f"The rules of {host}:\n{lines}\n", quiet=quiet)


def _given_token(platform: str, from_stdin: bool) -> Keys | None:
    from plnmap.sources.credentials import Keys
    from plnmap.sources.oauth import usable_token

    given = sys.stdin.readline() if from_stdin else os.environ.get(TOKEN_VARIABLES[platform])
    return Keys(usable_token(given)) if given is not None else None


def _ask_hidden(question: str, what: str, otherwise: str) -> str:
    if not may_ask():
        raise UsageError(f"nobody is here to be asked for the {what}", hint=otherwise)
    return str(click.prompt(question, hide_input=True, err=True))


def _catcher(stack: ExitStack, no_browser: bool, address: str | None = None) -> Catcher | None:
    """What waits for the browser, where one can be opened and can come back to this machine."""
    from plnmap.sources.redirect import listening

    parts = urlsplit(address or "http://127.0.0.1:0/")
    here = (parts.scheme, parts.hostname) == ("http", "127.0.0.1")
    if no_browser or not here or not _has_display():
        return None
    return stack.enter_context(listening(parts.port or 80 if address else 0, parts.path))


def _has_display() -> bool:
    if "SSH_CONNECTION" in os.environ:
        return False
    return sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def _by_browser(connection: Connection, app: App, catcher: Catcher | None, pasted: str) -> tuple[Keys, str]:
    """Let the person allow it in a browser, here or elsewhere; the keys, and the scopes granted."""
    from plnmap.sources.oauth import begin, code_in, fetch_keys

    attempt = begin(app)
    note(f"Open this address in a browser, and allow plnmap to read:\n\n{attempt.address}\n")
    if catcher:
        import threading
        import webbrowser

        # Some come back only when they are closed, and we are to answer them before that.
        threading.Thread(target=webbrowser.open, args=[attempt.address], daemon=True).start()
        note("Waiting for the browser … (Ctrl-C stops; --no-browser takes a pasted code)")
        came = catcher.wait(attempt.state)
    else:
        otherwise = "run it on a terminal, or give a token: --token-stdin"
        came = _ask_hidden(f"Paste the {pasted}", pasted, otherwise)
    return fetch_keys(connection, app, attempt, code_in(came, attempt))


def _keep(made: Login, keys: Keys, *, quiet: bool) -> None:
    from plnmap.report.logins import counted
    from plnmap.sources.credentials import accounts_file, keep_login

    kept = keep_login(made, keys)
    place = "the keyring" if kept.place == "keyring" else str(accounts_file())
    no_keyring = "" if kept.place == "keyring" else "\n  which only you may read; no keyring can be used here"
    note(
        f"logged in as {plain(kept.name)}, to read only\n"
        f"  {counted(kept)}\n{_OF_AN_APP if kept.way == 'app' else ''}"
        f"  the token is in {place}{no_keyring}\n"
        f"  → plnmap collect {kept.platform} --plan",
        quiet=quiet,
    )
