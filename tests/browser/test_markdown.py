"""Markdown of strangers in a real page: shown as what it means, and never as more."""

import pytest
from playwright.sync_api import Page, expect

HOSTILE = """<img src=x onerror="window.hit = 1"> <script>window.hit = 1</script>

<div onclick="window.hit = 1">a block</div>

[run](javascript:window.hit=1) [file](file:///etc/passwd) ![pixel](https://tracker.example/p.gif) &lt;b&gt;

[help](https://example.org/?a=1&b=2) <https://example.org/two> javascript:window.hit=1
"""
PLAIN = """## Two *ways*

Line one
line **two**, ~~gone~~, `a < b &amp; c`, R&amp;D &copy; \\*

- [x] done
- a
    1. deep

3. three
4. four

> quoted

| a | b |
|---|--:|
| 1 | *2* |

---

```js
if (a < b) go("&lt;");
```
"""


@pytest.fixture
def read(desk, person):
    """What the page makes of a text: the words of a request for help, as nodes."""
    olga = person("Olga")

    def shown(text: str):
        ticket = olga.post("/api/tickets", {"subject": "About words", "body": text})["ticket"]
        page: Page = desk.page(olga, f"/help?ticket={ticket['id']}")
        words = page.locator(".reply-words").first
        expect(words).not_to_be_empty()
        return words

    return shown


def outline(words) -> str:
    return words.evaluate("el => el.innerHTML.replace(/\\n+(?=<|$)/g, '')")


def test_markdown_is_shown_as_what_it_means(read):
    assert outline(read(PLAIN)) == (
        "<h2>Two <em>ways</em></h2>"
        "<p>Line one<br>line <strong>two</strong>, <del>gone</del>, <code>a &lt; b &amp;amp; c</code>, R&amp;D © *</p>"
        "<ul><li>☑ done</li><li>a<ol><li>deep</li></ol></li></ul>"
        '<ol start="3"><li>three</li><li>four</li></ol>'
        "<blockquote><p>quoted</p></blockquote>"
        "<table><thead><tr><th>a</th><th>b</th></tr></thead>"
        "<tbody><tr><td>1</td><td><em>2</em></td></tr></tbody></table>"
        "<hr>"
        '<pre><code>if (a &lt; b) go("&amp;lt;");</code></pre>'
    )


def test_no_html_runs_nothing_is_fetched_and_only_links_to_the_web_lead_away(read):
    words = read(HOSTILE)
    page = words.page
    assert page.evaluate("() => window.hit") is None
    assert words.locator("img, script, div, [onclick], [onerror]").count() == 0
    expect(words).to_contain_text('<img src=x onerror="window.hit = 1"> <script>window.hit = 1</script>')
    expect(words).to_contain_text('<div onclick="window.hit = 1">a block</div>')
    expect(words).to_contain_text("run file pixel <b>")
    links = words.locator("a")
    assert links.evaluate_all("all => all.map(a => [a.getAttribute('href'), a.target, a.rel])") == [
        [href, "_blank", "noopener noreferrer nofollow"]
        for href in ("https://example.org/?a=1&b=2", "https://example.org/two")
    ]


@pytest.mark.parametrize("text", [">" * 4000, "[" * 8000, "**a " * 2000], ids=["quotes", "brackets", "stars"])
def test_a_text_that_nests_without_end_is_still_read(read, text):
    expect(read(text)).to_contain_text(text.strip()[-4:])
