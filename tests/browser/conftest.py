"""A real browser, cut off from the network; what it asks for or complains about fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Route,
    sync_playwright,
)

SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it; absent in a stranger's clone, required where the switch is set."""
    executable = shutil.which("chromium")
    if executable is None:
        reason = "there is no chromium on this machine, so pages cannot be opened"
        if os.environ.get("PLNMAP_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=list(SWITCHES))
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open a file as a page, with all charts drawn; at the end nothing may have been asked for or gone wrong.

    Keyword arguments are those of `Browser.new_context`, such as `viewport` and `color_scheme`.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def heard(said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            wrong.append(said.text)

    def answer(dialog: Dialog) -> None:
        wrong.append("a dialog opened")
        dialog.dismiss()

    def open_(file: Path, **settings: Any) -> Page:
        context = browser.new_context(**settings)
        contexts.append(context)
        address = file.resolve().as_uri()

        def refuse(route: Route) -> None:
            if route.request.url.partition("#")[0] == address:
                route.continue_()
                return
            wrong.append(f"asked for {route.request.url}")
            route.abort()

        context.route("**/*", refuse)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", answer)
        page.goto(address)
        page.wait_for_function("!document.querySelector('[data-chart]:not([data-drawn])')")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not wrong, wrong
