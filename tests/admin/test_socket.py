"""The namespace `/admin`: for superusers only, cut when they are none any more, and cheap."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
import socketio

from tests.harness.client import Client
from tests.harness.making import make

STATS = {
    "online", "sockets", "rooms", "queues", "workers", "images_per_min", "failures", "connections", "first_token",
    "image_latency", "today", "revenue",
}


class Seat:
    """A tab at the desk."""

    def __init__(self, client: Client):
        self.client = client
        self.stats: list[dict] = []
        self.events: list[dict] = []
        self.changed = threading.Condition()
        self.socket = socketio.Client(reconnection=False)
        for name, heard in (("stats", self.stats), ("admin.event", self.events)):
            self.socket.on(name, lambda data, heard=heard: self.hear(heard, data), namespace="/admin")
        self.socket.on("disconnect", lambda *_: self.hear([], None), namespace="/admin")

    def hear(self, heard: list, data) -> None:
        with self.changed:
            heard.append(data)
            self.changed.notify_all()

    def sit(self) -> "Seat":
        self.socket.connect(
            self.client.base_url, headers={"Cookie": self.client.cookie()}, transports=["websocket"],
            namespaces=["/admin"], wait_timeout=5,
        )
        return self

    def watch(self, *topics: str) -> dict:
        return self.socket.call("watch", {"topics": list(topics)}, namespace="/admin", timeout=5)

    def wait_for(self, condition: Callable[["Seat"], object], patience: float = 8.0):
        deadline = time.monotonic() + patience
        with self.changed:
            while not (value := condition(self)):
                assert self.changed.wait(max(0.0, deadline - time.monotonic())), f"not within {patience} s"
        return value

    def is_cut(self) -> bool:
        return "/admin" not in self.socket.namespaces


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


@pytest.mark.parametrize("what", [{"is_superuser": False}, {"disabled": True}], ids=["demoted", "disabled"])
def test_who_is_no_superuser_any_more_is_cut_within_a_second(root, resident, sit, what):
    mia = resident("Mia")
    path = f"/api/admin/users/{mia.user['id']}"
    root.patch(path, {"is_superuser": True})
    seat = sit(mia)
    seat.watch("stats")
    root.patch(path, what)
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
