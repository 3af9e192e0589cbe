"""What comes of an action, for several of them."""

from playwright.sync_api import expect

from tests.browser.hands.hand import Hand


def copied(hand: Hand) -> str:
    return hand.page.evaluate("() => navigator.clipboard.readText()")


def opens(hand: Hand, action: str, shown: str) -> None:
    """The action opens something, which then goes again."""
    hand.do(action)
    expect(hand.page.locator(shown)).to_be_visible()
    hand.leave()
    expect(hand.page.locator(shown)).to_be_hidden()


def saves(hand: Hand, action: str) -> None:
    with hand.page.expect_download():
        hand.do(action)


def asks_the_server(hand: Hand, action: str, path: str) -> None:
    with hand.page.expect_response(lambda answer: answer.url.endswith(path)) as answer:
        hand.do(action)
    assert answer.value.ok
