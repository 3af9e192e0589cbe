"""The recipe in a picture from anywhere, read at the wire."""

import io
import json
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image, PngImagePlugin

from tests.harness.making import ask, finished, refusal

HERE = "/api/images/inspect"
A1111 = "a fox\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 5, Size: 512x768, Model: sdxl"
RECIPE = {
    "prompt": "a fox",
    "negative": "blurry",
    "steps": 20,
    "sampler": "Euler a",
    "cfg_scale": 7.0,
    "seed": 5,
    "width": 512,
    "height": 768,
    "model": "sdxl",
}


def png(size=(8, 8), **texts: str) -> bytes:
    chunks, out = PngImagePlugin.PngInfo(), io.BytesIO()
    for name, text in texts.items():
        chunks.add_text(name, text, zip=len(text) > 10_000)
    Image.new("RGB", size).save(out, "PNG", pnginfo=chunks)
    return out.getvalue()


def with_exif(kind: str, comment: bytes) -> bytes:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x8769] = {0x9286: comment}
    Image.new("RGB", (8, 8)).save(out, kind, exif=exif.tobytes())
    return out.getvalue()


def inspect(client, data: bytes, name: str = "fox.png") -> dict:
    found = client.send("POST", HERE, status=200, files={"file": (name, data)})
    assert set(found) == {"source", "recipe", "raw"}
    return found


@pytest.mark.parametrize("format", ["png", "jpeg", "webp"])
def test_a_picture_of_ours_brings_its_recipe_back(ana, place, room, format):
    style = ana.post(f"/api/workspaces/{place}/styles", {"name": "Ink", "positive": "{prompt}, in ink"})["style"]
    asked = ask(ana, place, "a {red|blue} fox, ⚘ at dusk", batch_size=2, seed=7, style_ids=[style["id"]])
    blue = finished(room, asked["images"][1]["id"])
    saved = ana.raw("GET", f"/media/{blue['id']}/download", params={"format": format, "metadata": "1"}).content
    found = inspect(ana, saved)
    assert found["source"] == "emulsion"
    assert found["recipe"] == {
        "model": "sketch",
        "prompt": "a {red|blue} fox, ⚘ at dusk",
        "style_ids": [style["id"]],
        "seed": blue["seed"],
        "width": 64,
        "height": 64,
        "steps": 1,
        "cfg_scale": blue["cfg_scale"],
    }
    told = json.loads(found["raw"])
    assert told["prompt"] == blue["prompt"] == "a blue fox, ⚘ at dusk, in ink" and told["assignment"] == {"1": "blue"}
    ana.post("/api/generate", {**found["recipe"], "workspace_id": place, "batch_size": 1}, status=202)


@pytest.mark.parametrize(
    "data",
    [
        png(parameters=A1111),
        with_exif("JPEG", b"UNICODE\0" + A1111.encode("utf-16-be")),
        with_exif("WEBP", b"UNICODE\0" + A1111.encode("utf-16-le")),
        with_exif("JPEG", b"ASCII\0\0\0" + A1111.encode()),
    ],
)
def test_the_text_of_the_web_ui_is_read_wherever_it_stands(ana, data):
    assert inspect(ana, data) == {"source": "a1111", "recipe": RECIPE, "raw": A1111}


def test_a_graph_in_a_webp_is_read(ana):
    graph = {
        "1": {"inputs": {"positive": ["2", 0], "latent_image": ["1", 0], "seed": 5}},
        "2": {"inputs": {"text": "fox"}},
    }
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0110] = f"prompt:{json.dumps(graph)}"
    Image.new("RGB", (8, 8)).save(out, "WEBP", exif=exif.tobytes())
    assert inspect(ana, out.getvalue())["source"] == "comfyui"
    assert inspect(ana, out.getvalue())["recipe"] == {"prompt": "fox", "seed": 5}


def test_a_picture_without_a_recipe_is_just_a_picture(ana):
    assert inspect(ana, png(Software="camera")) == {"source": None, "recipe": None, "raw": None}


def test_what_no_generate_body_may_hold_is_left_out(ana):
    body = {"prompt": " a fox ", "seed": -1, "steps": 10**9, "width": "wide", "batch_size": 2, "id": "x", "oops": 1}
    found = inspect(ana, png(emulsion=json.dumps({"recipe": body})))
    assert found["recipe"] == {"prompt": "a fox", "batch_size": 2}
    assert inspect(ana, png(emulsion=json.dumps({"recipe": {"prompt": "x" * 9000}})))["recipe"]["prompt"] == "x" * 8000
    assert inspect(ana, png(emulsion=json.dumps({"recipe": {"prompt": "a\0b"}})))["recipe"] is None


def bomb() -> bytes:
    """A PNG that says it is 60,000 pixels wide and high."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        png()[:20],
        bomb(),
        b"GIF89a" + bytes(50),
        b"II*\0" + bytes(50),
        png(parameters="x" * 2_000_000),
    ],
)
def test_a_file_that_is_no_bearable_picture_is_refused(ana, data):
    assert refusal(ana, "POST", HERE, files={"file": ("x.png", data)}) == (422, "invalid", "file")


def test_a_picture_that_is_too_large_is_refused_before_it_is_read(ana):
    for extra in (0, 1024**2):
        data = png() + bytes(25 * 1024**2 + extra)
        assert refusal(ana, "POST", HERE, files={"file": data})[:2] == (413, "too_large")


@pytest.mark.parametrize("options", [{"json": {}}, {"data": {"file": "text"}}, {"files": {"other": b"a"}}])
def test_an_inspection_needs_one_file(ana, options):
    assert refusal(ana, "POST", HERE, **options) == (422, "invalid", "file")


def test_an_inspection_needs_somebody_and_the_token_of_the_page(ana, nobody):
    assert refusal(nobody, "POST", HERE, files={"file": png()})[:2] == (401, "signed_out")
    wrong = ana.raw("POST", HERE, headers={"X-CSRFToken": "wrong"}, files={"file": png()})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (400, "csrf_failed")


def test_many_large_pictures_at_once_are_all_looked_into(ana):
    data = png(parameters=A1111) + bytes(8 * 1024**2)
    token = {"X-CSRFToken": ana.token()}

    def ask_once(_) -> int:
        return ana.http.request("POST", HERE, files={"file": data}, headers=token).status_code

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask_once, range(12))) == [200] * 12
