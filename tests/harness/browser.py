"""A real Chromium: one context a person, and a page that notes everything the browser complains about."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from server.launch import system
from tests.harness.client import Client

QUIET = ("--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update",
         "--disable-sync")
DESKTOP = {"width": 1440, "height": 900}
PATIENCE_MS = 15_000


@contextmanager
def open_browser() -> Iterator[Browser]:
    path = system.chromium()
    assert path, "no Chromium is installed; `make test` installs one or says how"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


class Desk:
    """Opens pages for people and remembers every complaint of theirs."""

    def __init__(self, browser: Browser, base_url: str):
        self.browser, self.base_url = browser, base_url
        self.contexts: dict[int, object] = {}
        self.complaints: list[str] = []
        self.forgiven: list[str] = []

    def page(self, person: Client | None = None, path: str = "/", viewport: dict | None = None, **options) -> Page:
        """A new tab. Tabs of one person share a context; without a person it is a stranger's."""
        context = self.contexts.get(id(person)) if person else None
        if context is None:
            context = self.browser.new_context(
                base_url=self.base_url, viewport=viewport or DESKTOP, color_scheme="dark", **options
            )
            context.set_default_timeout(PATIENCE_MS)
            self.contexts[id(person) if person else len(self.contexts)] = context
            if person:
                context.add_cookies(person.browser_cookies())
        page = context.new_page()
        self.listen(page)
        page.goto(path)
        if page.locator("meta[name=workspace-id]").count():
            page.locator("body[data-ready]").wait_for()
        return page

    def listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda line: line.type == "error" and self.complaints.append(f"{page.url}: {line.text}"))

    def forgive(self, words: str) -> None:
        """Expect complaints with these words, as when the test itself cuts the connection."""
        self.forgiven.append(words)

    def close(self) -> None:
        """Close all tabs; any complaint that was not expected fails the test. CSP reports are console errors."""
        for context in self.contexts.values():
            context.close()
        unexpected = [line for line in self.complaints if not any(words in line for words in self.forgiven)]
        assert not unexpected, "the browser complained:\n" + "\n".join(unexpected)
