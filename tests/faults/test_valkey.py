"""Valkey may die, hang or forget: nothing that was promised needs it."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import redis

from server.launch.valkey import EmbeddedValkey
from tests.faults.batches import begin, converged, everything_is_ready_once
from tests.harness.wire import Wire

AT_ONCE = 1.0


def test_a_killed_valkey_costs_no_tile(sturdy, tabs):
    rooms = tabs()
    images = begin(rooms[0])
    sturdy.wait_for_successor("valkey", sturdy.kill("valkey"))
    everything_is_ready_once(rooms, images)


def test_everything_is_answered_in_the_second_in_which_valkey_dies(sturdy, tabs):
    rooms = tabs()
    images = []
    for _ in range(3):
        dead = sturdy.kill("valkey")
        images += answered_at_once(rooms[0])
        sturdy.wait_for_successor("valkey", dead)
    everything_is_ready_once(rooms, images)


def test_a_valkey_that_hangs_holds_no_request_up(sturdy, tabs):
    rooms = tabs()
    with hung(sturdy):
        images = [image for _ in range(3) for image in answered_at_once(rooms[0])]
        for room in rooms:
            room.wait_for_event("generation.created", id=images[-1]["generation_id"])
    everything_is_ready_once(rooms, images)


def test_a_valkey_that_forgot_everything_costs_no_tile(sturdy, tabs):
    rooms = tabs()
    images = begin(rooms[0])
    redis.Redis.from_url(EmbeddedValkey.running(sturdy.data_dir)).flushall()
    everything_is_ready_once(rooms, images)


def test_a_lost_poke_is_healed_by_the_sweep(sturdy, tabs):
    rooms = tabs()
    with hung(sturdy):
        style = {"name": "Film", "positive": "on film", "negative": ""}
        style = rooms[0].client.post(f"/api/workspaces/{rooms[0].workspace_id}/styles", style)["style"]
        for room in rooms:
            room.wait_for_event("style.saved", id=style["id"], patience=5)
    for room in rooms:
        converged(room)


def test_without_valkey_nobody_is_refused_but_those_who_guess(sturdy, tabs):
    client = tabs()[0].client
    wrong = {"email": client.user["email"], "password": "not the one"}
    with hung(sturdy):
        asked = [client.raw("POST", "/api/generate", json={}).status_code for _ in range(260)]
        guesses = [client.raw("POST", "/api/auth/login", json=wrong) for _ in range(8)]
    assert asked == [422] * 260
    assert guesses[0].status_code == 401 and guesses[-1].status_code == 429
    assert int(guesses[-1].headers["Retry-After"]) == guesses[-1].json()["error"]["retry_after"] >= 1


def test_who_signs_out_while_valkey_is_away_is_cut_once_it_is_back(sturdy, tabs):
    room = tabs()[0]
    wire = Wire.of(room.client)
    dead = sturdy.kill("valkey")
    room.client.post("/api/auth/logout", status=204)
    sturdy.wait_for_successor("valkey", dead)
    assert wire.hear("41", patience=8)
    wire.close()


@contextmanager
def hung(product) -> Iterator[None]:
    """Valkey takes connections and answers nothing."""
    pid = product.kill("valkey", signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def answered_at_once(room) -> list[dict]:
    """Ask who I am and for a picture; both must be answered within a second. The new tile."""
    quick("session", lambda: room.client.get("/api/session"))
    body = {"workspace_id": room.workspace_id, "prompt": "a fox", "model": "sketch", "batch_size": 1, "steps": 1,
            "width": 64, "height": 64}  # fmt: skip
    return quick("generate", lambda: room.client.post("/api/generate", body, status=202))["images"]


def quick(what: str, ask):
    started = time.monotonic()
    answer = ask()
    took = time.monotonic() - started
    assert took < AT_ONCE, f"{what} took {took:.2f} s"
    return answer

