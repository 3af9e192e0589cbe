"""A vendor that is down, slow, wrong or rude costs its own tiles at most: each says why, nothing is paid for them."""

import time
from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.contract import contract_server
from tests.end_to_end.asking import ask, life, outcomes, spent
from tests.end_to_end.conftest import BRISK, connected
from tests.harness.client import Client

ENDS = {
    "401": "auth",
    "404": "model_not_found",
    "422": "invalid_parameter",
    "503": "busy",
    "drop": "transport",
    "garbage": "bad_reply",
    "half": "bad_image",
    "huge": "bad_image",
    "page": "bad_image",
}
UNSURE = {"drop": "unknown_outcome", "garbage": "unknown_outcome"}  # taken and paid perhaps: not asked a third time
OWN = {
    "a1111": {},
    "openai": {"moderated": "moderated", **UNSURE},
    "bfl": {"moderated": "moderated", "cut": "transport", **UNSURE},
}
SECRETS = ("http", "127.0.0.1", "Traceback", "/home", "me:key", "internal.example")
TRIES = 3
SLOTS = 6


def kind_of(studio) -> str:
    return {"sd15": "a1111", "gpt-image-1": "openai", "flux-dev": "bfl"}[studio.model]


def test_each_rudeness_is_told_in_its_own_tile_and_the_rest_of_the_batch_goes_on(studio, sit_down):
    rude = ENDS | OWN[kind_of(studio)]
    room = sit_down(studio)
    images = outcomes(room, ask(room, f"a fox rude:{{{'|'.join(rude)}|well|fine}}", batch_size=len(rude) + 2))
    ends = {image["prompt"].rpartition(":")[2]: image for image in images}
    assert {word: (image["error"] or {}).get("kind") for word, image in ends.items()} == {
        **rude, "well": None, "fine": None
    }
    assert ends["well"]["status"] == ends["fine"]["status"] == "ready"
    for word in rude:
        message = ends[word]["error"]["message"]
        assert ends[word]["status"] == "failed" and message.endswith(".")
        assert not any(secret in message for secret in SECRETS), message
    assert spent(room) == 2, "a failed picture was charged"
    assert room.client.get("/api/session")["user"], "the workspace no longer answers"


def test_what_may_pass_is_tried_three_times_and_what_cannot_once(studio, sit_down):
    room = sit_down(studio)
    passing, final = outcomes(room, ask(room, "a fox rude:{503|422}"), 30)[:2]
    assert life(room, passing).count("running") == TRIES and passing["attempt"] == TRIES
    assert life(room, final) == ["running", "failed"]


def test_a_passing_trouble_is_waited_out(studio, sit_down):
    studio.vendor.script(behaviour="503", times=1)
    room = sit_down(studio)
    (image,) = outcomes(room, ask(room, "a fox", batch_size=1))
    assert life(room, image) == ["running", "queued", "running", "ready"] and spent(room) == 1


def test_a_failed_tile_can_be_tried_again_when_the_vendor_is_polite(studio, sit_down):
    studio.vendor.script(behaviour="422", times=1)
    room = sit_down(studio)
    (failed,) = outcomes(room, ask(room, "a fox", batch_size=1))
    assert failed["status"] == "failed" and spent(room) == 0
    again = room.client.post(f"/api/images/{failed['id']}/retry", status=202)["image"]
    room.wait_for_event("image.updated", id=again["id"], status="ready")
    (made,) = outcomes(room, [failed])
    assert made["seed"] == failed["seed"] and made["attempt"] > failed["attempt"] and spent(room) == 1


def test_the_vendor_says_how_long_to_wait(a1111_studio, sit_down):
    a1111_studio.vendor.reset()
    a1111_studio.vendor.script(behaviour="429", times=1, retry_after=3)
    room = sit_down(a1111_studio)
    (image,) = ask(room, "a fox", batch_size=1)
    room.wait_for_event("image.updated", id=image["id"], status="ready", patience=30)
    running = [
        event["at"] for event in room.events
        if event["type"] == "image.updated" and event["data"]["image"]["status"] == "running"
    ]
    assert len(running) == 2 and seconds_between(*running) >= 3


def seconds_between(first: str, second: str) -> float:
    return (datetime.fromisoformat(second) - datetime.fromisoformat(first)).total_seconds()


def test_a_silent_vendor_holds_nobody_up_once_its_tiles_are_cancelled(openai_studio, sit_down):
    openai_studio.vendor.reset()
    room = sit_down(openai_studio)
    silent = ask(room, "a fox rude:silent", batch_size=SLOTS)
    for image in silent:
        room.wait_for_event("image.updated", id=image["id"], status="running")
    (waiting,) = ask(room, "a calm fox", batch_size=1)
    room.client.post(f"/api/generations/{silent[0]['generation_id']}/cancel")
    room.wait_for_event("image.updated", id=waiting["id"], status="ready")
    assert {image["status"] for image in outcomes(room, silent)} == {"cancelled"} and spent(room) == 1


@pytest.fixture
def deserted(start_product) -> Iterator[tuple[Client, int]]:
    """Somebody in a product whose image server, on this port, and chat server are both down."""
    with contract_server("a1111") as vendor, contract_server("chat") as talker:
        chat = {"CHAT_API_KIND": "openai", "CHAT_API_URL": talker.url, "CHAT_API_MODELS": "script-large"}
        port = int(vendor.url.rpartition(":")[2])
    person = Client(start_product(**BRISK, **connected("a1111", vendor.url), **chat).base_url)
    person.register("Ada")
    yield person, port
    person.close()


def test_servers_that_are_down_at_the_start_are_offered_and_may_come_back(deserted, enter):
    person, port = deserted
    until(lambda: all(own(person, kind) and not own(person, kind)["healthy"] for kind in ("image", "chat")))
    room = enter(person, person.workspace()["id"])
    path = f"/api/workspaces/{room.workspace_id}/messages"
    unheard, guided = (person.post(path, {"content": "a fox", "model": name})["reply"] for name in (None, "guide"))
    (failed,) = outcomes(room, ask(room, "a fox", batch_size=1))
    assert failed["error"]["kind"] == "transport" and spent(room) == 0
    assert room.wait_for_event("message.updated", id=guided["id"], status="complete")["message"]["content"]
    silent = room.wait_for_event("message.updated", id=unheard["id"], status="failed")["message"]
    assert silent["error"]["kind"] == "transport" and silent["model"] == "script-large"
    with contract_server("a1111", port):
        until(lambda: own(person)["healthy"])
        (made,) = outcomes(room, ask(room, "a fox", batch_size=1))
        assert made["status"] == "ready"


def until(condition, patience: float = 20.0) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.1)


def own(person: Client, kind: str = "image") -> dict | None:
    """The vendor's model as it is offered, which is the default one."""
    models = [model for model in person.get("/api/models")["items"] if model["connection"] == f"{kind}-api"]
    assert not models or models[0]["default"]
    return models[0] if models else None
