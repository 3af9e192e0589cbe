"""The language as a whole: expansion against brute force, any text, and the browser's reading beside ours."""

import json
import subprocess
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from server.errors import Invalid
from server.launch import system
from server.prompts import parse

ROOT = Path(__file__).parents[2]
READER = """
import { createInterface } from "node:readline";
import { parse } from "%s";
for await (const line of createInterface({ input: process.stdin })) {
  const { count, axes, error } = parse(...JSON.parse(line));
  const rows = axes.map(({ name, options, nested }) => [name, options, nested]);
  console.log(JSON.stringify({ count: String(count), axes: rows, error }));
}
"""

MARKS = ["{", "}", "|", "\\", "$$", "::", "..", "mood: ", "=mood"]
WORDS_AND_NUMBERS = ["1", "2", "0", "-1", "0.5", "a", "b", " ", ",", "\n", "🦊", "é"]
WHOLES = ["{a|b}", "{1..3}", "{2$$a|b|c}", "{mood: a|b}", "{=mood}", "{3::a|b}", "{x}", "{0-1$$ or $$a|b}"]
SNIPPETS = st.lists(st.sampled_from(MARKS + WORDS_AND_NUMBERS + WHOLES), max_size=14).map("".join)
WORDS = st.sampled_from(["red", "blue", "", "a b", "x,"])
GROUPS = st.recursive(
    st.lists(WORDS, min_size=2, max_size=3, unique=True),
    lambda inner: st.lists(st.one_of(WORDS, inner), min_size=2, max_size=3),
    max_leaves=8,
)


def written(node) -> str:
    return node if isinstance(node, str) else "{" + "|".join(written(option) for option in node) + "}"


def unique(node):
    """The node without the repeated options of its groups."""
    return node if isinstance(node, str) else tuple(dict.fromkeys(unique(option) for option in node))


def brute(node) -> list[str]:
    """All spellings of a node, listed the simple way."""
    return [node] if isinstance(node, str) else [text for option in node for text in brute(option)]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(WORDS, GROUPS), max_size=4))
def test_expansion_agrees_with_brute_force(nodes):
    spellings = [""]
    for node in nodes:
        spellings = [before + after for before in spellings for after in brute(unique(node))]
    template = parse("".join(written(node) for node in nodes))
    assert template.count == len(spellings)
    assert [template.expand(index).prompt for index in range(min(template.count, 500))] == spellings[:500]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_every_index_is_a_combination_of_its_own(sizes):
    template = parse(" ".join(f"{{1..{size}}}" for size in sizes))
    found = {tuple(template.expand(index).assignment.values()) for index in range(template.count)}
    assert len(found) == template.count


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), SNIPPETS), st.one_of(st.just(""), SNIPPETS))
def test_any_text_parses_or_says_where_it_is_wrong(prompt, negative):
    reading = read(prompt, negative)
    if reading["error"]:
        text = {"prompt": prompt, "negative": negative}[reading["error"]["field"]]
        line = text.split("\n")[reading["error"]["line"] - 1]
        assert 1 <= reading["error"]["column"] <= len(line)
    else:
        template = parse(prompt, negative)
        assert template.expand(0) and template.expand(template.count - 1)


def read(prompt: str, negative: str) -> dict:
    """A reading in the browser's shape."""
    try:
        template = parse(prompt, negative)
    except Invalid as fault:
        return {"count": "0", "axes": [], "error": {"message": fault.message, **fault.details}}
    axes = [[axis.name, axis.options, axis.nested] for axis in template.axes]
    return {"count": str(template.count), "axes": axes, "error": None}


def generated_texts(number: int) -> list[tuple[str, str]]:
    texts = []

    @settings(max_examples=number, deadline=None, database=None, phases=[Phase.generate])
    @given(st.one_of(SNIPPETS, st.text(max_size=20)), SNIPPETS)
    def collect(prompt, negative):
        texts.append((prompt, negative))

    collect()
    return texts


def test_the_browser_reads_every_text_as_we_do():
    texts = generated_texts(1500)
    script = READER % (ROOT / "client/static/js/macros.js").as_uri()
    lines = "".join(json.dumps(pair) + "\n" for pair in texts)
    node = subprocess.run(
        [*system.node(), "--input-type=module", "-e", script],
        input=lines,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    readings = [json.loads(line) for line in node.stdout.split("\n") if line]
    assert len(readings) == len(texts)
    for pair, reading in zip(texts, readings, strict=True):
        assert reading == read(*pair), pair
    assert sum(reading["error"] is None for reading in readings) > len(readings) / 4
