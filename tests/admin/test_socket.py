"""The namespace `/admin`: for superusers only, cut when they are none any more, and cheap."""

from collections.abc import Callable, Iterator

import pytest
import socketio

from tests.admin.seat import Seat
from tests.harness.client import Client
from tests.harness.making import make

STATS = {
    "online", "sockets", "rooms", "queues", "workers", "images_per_min", "failures", "connections", "first_token",
    "image_latency", "today", "revenue",
}


@pytest.fixture
def sit() -> Iterator[Callable[[Client], Seat]]:
    seats: list[Seat] = []

    def make_seat(client: Client) -> Seat:
        seats.append(Seat(client))
        return seats[-1].sit()

    yield make_seat
    for seat in seats:
        seat.socket.disconnect()


def test_everybody_else_is_refused(lab, root, resident):
    for client in (resident("Sven"), Client(lab.base_url)):
        seat = Seat(client)
        with pytest.raises(socketio.exceptions.ConnectionError):
            seat.sit()
        seat.socket.disconnect()


def test_numbers_come_each_two_seconds_and_know_what_happens(root, resident, enter, sit):
    seat = sit(root)
    assert len(seat.watch("stats", "events")["minutes"]) == 60
    kim = resident("Kim")
    tab = enter(kim, kim.workspace()["id"])
    make(kim, tab, batch_size=2)
    told = len(seat.stats)
    stats = seat.wait_for(lambda seat: len(seat.stats) >= told + 2 and seat.stats[-1])
    assert set(stats) >= STATS
    assert stats["images_per_min"] >= 2 and stats["online"] >= 1 and stats["rooms"] >= 1
    assert stats["minute"]["ready"] + seat.watch("stats")["minutes"][-2]["ready"] >= 2
    assert stats["queues"]["images"]["queued"] == 0 and stats["image_latency"]["p95"] > 0
    assert {worker["kind"] for worker in stats["workers"]} == {"images", "chat", "upkeep"}
    assert {"id", "healthy", "p50", "p95"} <= set(stats["connections"][0])
    kim.post(f"/api/workspaces/{tab.workspace_id}/messages", {"content": "a fox, please"})
    assert seat.wait_for(lambda seat: seat.stats[-1]["first_token"]["p95"], 20) > 0
    today = seat.wait_for(lambda seat: seat.stats[-1]["today"]["images"] >= 2 and seat.stats[-1]["today"])
    assert today["users"] >= 2 and stats["revenue"] == {}


def test_what_is_done_is_seen_at_once(root, resident, sit):
    seat = sit(root)
    seat.watch("events")
    lea = resident("Lea")
    root.patch(f"/api/admin/users/{lea.user['id']}", {"plan": "all_inclusive"})
    entry = seat.wait_for(lambda seat: next((one for one in seat.events if one["type"] == "user.plan"), None))
    assert entry["data"]["actor_id"] == root.user["id"] and entry["data"]["target_id"] == lea.user["id"]
    assert not seat.stats


WAYS: dict[str, Callable] = {
    "demoted": lambda root, path: root.patch(path, {"is_superuser": False}),
    "disabled": lambda root, path: root.patch(path, {"disabled": True}),
    "signed out": lambda root, path: root.post(f"{path}/sign-out", status=204),
}


@pytest.mark.parametrize("way", WAYS)
def test_who_has_no_desk_any_more_is_cut_within_a_second(root, resident, sit, way):
    mia = resident("Mia")
    path = f"/api/admin/users/{mia.user['id']}"
    root.patch(path, {"is_superuser": True})
    seat = sit(mia)
    seat.watch("stats")
    WAYS[way](root, path)
    seat.wait_for(Seat.is_cut, 1.0)


def test_a_word_that_was_lost_costs_two_seconds(root, resident, sit, ledger):
    nia = resident("Nia")
    root.patch(f"/api/admin/users/{nia.user['id']}", {"is_superuser": True})
    seat = sit(nia)
    ledger.execute("UPDATE users SET is_superuser = 0 WHERE id = ?", (nia.user["id"],))
    assert seat.watch("stats")["error"]["code"] == "not_found"
    seat.wait_for(Seat.is_cut, 4.0)


def test_unknown_events_and_bodies_are_refused(root, sit):
    seat = sit(root)
    assert seat.socket.call("reboot", {}, namespace="/admin", timeout=5)["error"]["code"] == "not_found"
    assert seat.watch("secrets")["error"]["code"] == "invalid"
