"""Proposals parted from the text around them, however the text arrives."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.providers.chat.proposals import MAX_PROPOSALS, ProposalReader, fenced

FOX = {"prompt": "a {red|blue} fox", "negative": "", "settings": {}, "reason": "two coats"}
FENCE = fenced({"prompt": FOX["prompt"], "reason": FOX["reason"]})
PIECES = st.sampled_from(
    ["`", "```", "```proposal", "```proposal\n", "\n", " ", FENCE, '{"prompt": "a"}', "```json\n{}\n```", "word"]
    + ["```propos", "{", "\r\n", "é🦊", "```PROPOSAL\n", '{"prompt": 1}', "````proposal\n"]
)


def read(*deltas: str) -> tuple[str, list[dict]]:
    reader = ProposalReader()
    visible = "".join(reader.feed(delta) for delta in deltas)
    rest, proposals = reader.finish()
    return visible + rest, proposals


def one(body: object) -> dict:
    return read("```proposal\n" + json.dumps(body) + "\n```")[1][0]


def test_a_block_is_withheld_and_read():
    assert read(f"Try this.\n\n{FENCE}\n\nGood?") == ("Try this.\n\nGood?", [FOX])


def test_letter_by_letter_nothing_of_the_block_is_seen():
    reader = ProposalReader()
    seen = [reader.feed(letter) for letter in f"Try.\n{FENCE}\nGood?"]
    assert "".join(seen) == "Try.\nGood?"


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, max_size=14).map("".join), st.lists(st.integers(0, 400), max_size=12))
def test_any_cutting_gives_the_same(text: str, cuts: list[int]):
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    assert read(*(text[a:b] for a, b in zip(places, places[1:], strict=False))) == read(text) == read(*text)


@settings(deadline=None)
@given(st.text(st.characters(blacklist_characters="`"), max_size=200))
def test_text_without_fences_passes_at_once(text: str):
    assert ProposalReader().feed(text) == text


@pytest.mark.parametrize("text", ["say `this`", "```py\nx\n```", "``", "a ```proposal\n{}\n```", "````proposal\n{}"])
def test_other_code_is_shown(text: str):
    assert read(text) == (text, [])


@pytest.mark.parametrize("body", ["{broken", "[]", '"text"', "{}", '{"prompt": ""}', '{"prompt": 7}', "[" * 5000])
def test_a_block_that_is_no_proposal_is_shown_as_written(body: str):
    text = f"So:\n```proposal\n{body}\n```\nWell."
    assert read(text) == (text, [])


def test_a_block_never_closed_still_counts_when_it_is_whole():
    assert read('```proposal\n{"prompt": "a fox"}')[1][0]["prompt"] == "a fox"
    assert read('```proposal\n{"prompt": "a f') == ('```proposal\n{"prompt": "a f', [])


def test_a_block_too_long_is_shown_instead_of_kept():
    reader = ProposalReader()
    assert len(reader.feed("```proposal\n" + "x" * 30_000)) == 30_012


def test_at_most_six_are_taken():
    visible, proposals = read(*[FENCE + "\n"] * 9)
    assert (visible, len(proposals)) == ("", MAX_PROPOSALS)


def test_a_prompt_too_long_for_the_product_is_no_proposal():
    assert read(fenced({"prompt": "x" * 8000}))[1]
    assert not read(fenced({"prompt": "x" * 8001}))[1]


def test_settings_are_kept_only_when_known_and_within_bounds():
    wanted = {"width": 1024, "height": 10, "steps": True, "cfg_scale": 7.5, "sampler": "x", "style_ids": ["s1", 2, ""]}
    kept = {"width": 1024, "cfg_scale": 7.5, "style_ids": ["s1"]}
    assert one({"prompt": "p", "settings": wanted})["settings"] == kept
    assert one({"prompt": "p", "settings": "large"})["settings"] == {}


def test_what_no_database_holds_is_taken_out():
    proposal = one({"prompt": "a\0 fox\ud800", "reason": "r" * 900})
    assert (proposal["prompt"], len(proposal["reason"])) == ("a fox", 500)
