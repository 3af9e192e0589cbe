"""Copies of pictures: their pixels stay, strangers' words go, ours come along."""

import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from server.storage.copies import copy
from server.storage.inscriptions import inscriptions

WORDS = {"parameters": "a fox ⚘\nSteps: 20, Seed: 5", "emulsion": '{"emulsion": 1, "recipe": {}}'}
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
SECRET = "52.5200 N 13.4050 E"
MAKES = [
    ("PNG", "RGB", {}), ("PNG", "RGBA", {}), ("PNG", "P", {}), ("PNG", "L", {}), ("PNG", "I;16", {}),
    ("JPEG", "RGB", {"quality": 80}), ("JPEG", "L", {}), ("JPEG", "RGB", {"progressive": True}), ("JPEG", "CMYK", {}),
    ("WEBP", "RGB", {"quality": 60}), ("WEBP", "RGBA", {"quality": 60}),
    ("WEBP", "RGB", {"lossless": True}), ("WEBP", "RGBA", {"lossless": True}),
]  # fmt: skip


def make(kind: str, mode: str = "RGB", exif: dict | None = None, **options) -> bytes:
    """A picture with a stranger's secret in every place that its format has for words."""
    picture, out = Image.radial_gradient("L").resize((61, 43)), io.BytesIO()
    picture = picture.convert("RGB").convert(mode) if mode != "I;16" else picture.convert("I;16")
    if mode == "RGBA":
        picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    described = Image.Exif()
    described.update({0x010E: SECRET, **(exif or {})})
    if kind == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Comment", SECRET)
    if kind == "JPEG":
        options["comment"] = SECRET.encode()
    if kind == "WEBP":
        options["xmp"] = SECRET.encode()
    picture.save(out, kind, exif=described.tobytes(), **options)
    return out.getvalue()


def pixels(data: bytes) -> tuple:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture.format, picture.mode, picture.size, picture.tobytes()


@pytest.mark.parametrize("words", [None, WORDS])
@pytest.mark.parametrize("kind, mode, options", MAKES)
def test_a_copy_in_the_same_format_has_the_very_same_pixels(kind, mode, options, words):
    data = make(kind, mode, **options)
    facts, (copied,) = copy(data, None, words)
    assert facts == {"media_type": TYPES[kind]}
    assert pixels(copied) == pixels(data)
    assert SECRET.encode() in data and SECRET.encode() not in copied
    assert inscriptions(copied)[0]["texts"] == (words or {})


@pytest.mark.parametrize("target", TYPES)
@pytest.mark.parametrize("kind, mode, options", MAKES)
def test_a_copy_in_another_format_carries_the_words_and_nobody_elses(kind, mode, options, target):
    _, (copied,) = copy(make(kind, mode, **options), TYPES[target], WORDS)
    assert pixels(copied)[0] == target and pixels(copied)[2] == (61, 43)
    assert inscriptions(copied)[0]["texts"] == WORDS and SECRET.encode() not in copied


def test_what_is_copied_twice_carries_the_words_once():
    for kind in TYPES:
        first = copy(make(kind), None, WORDS)[1][0]
        assert copy(first, None, WORDS)[1][0] == first


@pytest.mark.parametrize("kind", TYPES)
def test_a_picture_on_its_side_is_stood_up(kind):
    _, (copied,) = copy(make(kind, exif={0x0112: 6}), None, None)
    assert pixels(copied)[2] == (43, 61)


def test_a_recipe_that_is_too_long_for_a_jpeg_leaves_the_infotext_out():
    long = {"parameters": "x" * 33_000, "emulsion": WORDS["emulsion"]}
    assert inscriptions(copy(make("JPEG"), None, long)[1][0])[0]["texts"] == {"emulsion": WORDS["emulsion"]}


def test_what_follows_the_picture_is_cut_off():
    for kind in ("PNG", "WEBP"):
        assert SECRET.encode() not in copy(make(kind) + SECRET.encode(), None, None)[1][0]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(TYPES)), st.data())
def test_a_damaged_file_gives_a_bounded_picture_or_an_error(kind, given_data):
    data = bytearray(make(kind))
    for _ in range(given_data.draw(st.integers(1, 4))):
        data[given_data.draw(st.integers(0, len(data) - 1))] = given_data.draw(st.integers(0, 255))
    try:
        facts, (copied,) = copy(bytes(data), None, WORDS)
    except (OSError, ValueError, SyntaxError, KeyError, struct.error):
        return
    assert facts["media_type"] in TYPES.values() and len(copied) < 2 * len(data) + 2000
