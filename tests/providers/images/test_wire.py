import threading
import time

import pytest

from server.errors import ProviderError
from server.providers.connection import Connection
from server.providers.images.patience import Patience, Stopped
from server.providers.images.wire import Wire, base_url

BODY = {"model": "dreamshaper", "prompt": "a fox", "size": "64x64"}


@pytest.fixture
def wire(openai):
    return Wire(Connection("w", "openai", openai.url, "secret"), version="/v1")


def rude(word: str) -> dict:
    return {**BODY, "prompt": f"rude:{word}"}


def test_a_server_that_drips_for_ever_is_left(wire):
    with pytest.raises(ProviderError) as caught:
        wire.post("/images/generations", rude("drip"), Patience(silence=5, longest=0.4))
    assert caught.value.kind == "timeout"


def test_signs_of_life_from_elsewhere_lengthen_patience(wire):
    patience, begun = Patience(silence=0.3), time.monotonic()
    beats = threading.Thread(target=lambda: [pause(patience) for _ in range(4)])
    beats.start()
    with pytest.raises(ProviderError):
        wire.post("/images/generations", rude("silent"), patience)
    beats.join()
    assert time.monotonic() - begun > 0.8


def test_ending_patience_stops_a_call_at_once(wire):
    patience, begun = Patience(silence=30), time.monotonic()
    threading.Timer(0.1, patience.end).start()
    with pytest.raises(Stopped):
        wire.post("/images/generations", rude("silent"), patience)
    assert time.monotonic() - begun < 1


def test_a_compressed_answer_that_nobody_asked_for_is_refused_unread(wire):
    with pytest.raises(ProviderError) as caught:
        wire.post("/images/generations", rude("gzip"))
    assert caught.value.kind == "bad_reply"


def test_more_than_three_redirects_are_too_many(wire):
    address = wire.post("/images/generations", rude("around"))["data"][0]["url"]
    with pytest.raises(ProviderError) as caught:
        wire.fetch(address)
    assert caught.value.kind == "bad_reply"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("localhost:7860", "http://localhost:7860"),
        ("https://api.example/", "https://api.example/v1"),
        ("https://api.example/v1/", "https://api.example/v1"),
        ("https://api.example/openai/v1beta", "https://api.example/openai/v1beta"),
        (" http://10.0.0.2:8000 ", "http://10.0.0.2:8000/v1"),
    ],
)
def test_an_operators_address_is_made_whole(said, meant):
    assert base_url(said, "" if "7860" in said else "/v1") == meant


@pytest.mark.parametrize("said", ["ftp://x", "http://", "http://[::1", "unix:///run/x"])
def test_an_address_that_is_none_is_said_plainly(said):
    with pytest.raises(ProviderError, match="address"):
        base_url(said)


def pause(patience: Patience) -> None:
    patience.pause(0.2)
    patience.heard()


def test_a_server_without_a_list_of_models_is_well_and_one_that_is_down_is_not(openai):
    Wire(Connection("w", "openai", openai.url)).knock("/nothing-here")
    with pytest.raises(ProviderError):
        Wire(Connection("w", "openai", "http://127.0.0.1:9")).knock("/models")


def test_a_refused_key_is_noticed_before_anybody_asks_for_a_picture(a1111):
    a1111.script(auth="me:key")
    with pytest.raises(ProviderError, match="key"):
        Wire(Connection("w", "a1111", a1111.url)).knock("/sdapi/v1/samplers")
