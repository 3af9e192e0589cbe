"""Test 14: whoever is sent away hears and sees nothing more. `python -m tests.faults.revocation`

Three web processes, each with a socket of the same person at least, in a room where something happens twenty times a
second; then that person is signed out, removed, deleted, and so on. Their tabs try to come back all the time. A plain
application that asks for the sign-in when a socket connects, as its handbook shows, runs the same.
"""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.benchmarks.peers import running
from tests.benchmarks.table import HEAD, Row, percentile, show
from tests.faults import rig
from tests.harness.client import PASSWORD, Client
from tests.harness.making import admit, make
from tests.harness.product import Product
from tests.harness.room import Room
from tests.harness.swarm import Swarm, Tab

RATE = 20
AFTERWARDS = 10
MOST_TABS = 60
REFUSED = (401, 403, 404)
HARMLESS = '2["workspaces",{}]'


class Ear(Tab):
    """A tab that notes what it hears of its room and when it was cut, and asks to be let in again at once."""

    def __init__(self, *args):
        super().__init__(*args)
        self.cut_at, self.demoted_at = math.inf, math.inf
        self.heard_after = 0

    def heard(self, packet: str) -> None:
        if packet[:1] in ("1", "4"):
            self.note_cut()
            self.swarm.loop.call_later(0.1, self.wire.send, "40")
        elif self.cut_at < math.inf and packet[:1] == "2" and not packet.startswith(HARMLESS):
            self.heard_after += 1
        super().heard(packet)

    def note_cut(self) -> None:
        self.cut_at = min(self.cut_at, time.monotonic())

    def take(self, envelope: dict) -> None:
        super().take(envelope)
        match envelope["type"], envelope["data"]:
            case "member.removed", {"user_id": self.swarm.victim}:
                self.note_cut()
                self.join()
            case "member.updated", {"member": {"user_id": self.swarm.victim}}:
                self.demoted_at = time.monotonic()


class Ears(Swarm):
    tab = Ear
    victim: str = ""


@dataclass
class Person:
    """One who is sent away: `here` holds the tabs, `elsewhere` is another sign-in of the same account.

    `stale` keeps the cookies of `here` as they were, whatever the browser is told.
    """

    here: Client
    elsewhere: Client
    stale: Client

    @property
    def id(self) -> str:
        return self.here.user["id"]


@dataclass
class Outcome:
    """Seconds from the answer (checking a password takes its time before) until each socket was cut; what came through
    afterwards."""

    lags: list[float] = field(default_factory=list)
    events: int = 0
    media: int = 0
    writes: int = 0


class Scene:
    """A room that never rests; `root`, a superuser, owns it."""

    def __init__(self, product: Product, root: Client):
        self.product, self.root = product, root
        root.post("/api/admin/confirm", {"password": PASSWORD})
        self.place = root.workspace("Busy")["id"]
        room = Room(root, self.place).enter()
        self.picture = make(root, room)[0]["id"]
        room.leave()

    def play(self, way: str) -> Outcome:
        """Send somebody away, and look what they still get."""
        with somebody_new(self.product) as victim, rig.swarm(self.product.base_url, Ears) as ears:
            admit(self.root, victim.here, self.place, "editor")
            ears.victim = victim.id
            tabs = self.sit_everywhere(ears, victim)
            witness = ears.enter(self.root.cookie(), self.place)[0]
            ears.wait(lambda: witness.joined, 10, "the witness did not join")
            style = f"/api/styles/{rig.add_style(victim.here, self.place)}"
            WAYS[way](self, victim)
            answered = time.monotonic()
            outcome = Outcome(writes=self.writes(victim.stale, style), media=self.media(victim.stale, way))
            moments = (lambda: [tab.demoted_at for tab in tabs]) if way == DROP else lambda: [t.cut_at for t in tabs]
            ears.wait(lambda: max(moments()) < math.inf, 20, f"{way}: not every socket was cut")
            outcome.lags = [max(0.0, moment - answered) for moment in moments()]
            end = witness.applied + AFTERWARDS
            ears.wait(lambda: witness.applied >= end, 20, "nothing happens in the room")
            outcome.events = sum(tab.heard_after for tab in tabs)
            outcome.media += self.media(victim.stale, way)
            return outcome

    def sit_everywhere(self, ears: Ears, victim: Person) -> list[Ear]:
        """Open tabs until every web process holds one."""
        processes = {pid for name, pid in self.product.pids().items() if name.startswith("web")}
        while {holder(self.product, port_of(tab)) for tab in ears.tabs} < processes:
            assert len(ears.tabs) < MOST_TABS, "one web process takes no socket"
            ears.enter(victim.here.cookie(), self.place)
            ears.wait(ears.all_joined, 10, "a tab did not join")
        return list(ears.tabs)

    def writes(self, person: Client, path: str) -> int:
        """How many changes are let through."""
        return sum(person.raw("PATCH", path, json={"name": "Mine"}).status_code not in REFUSED for _ in range(3))

    def media(self, person: Client, way: str) -> int:
        """How many bytes of a picture of the room the old cookie still gets; a viewer may have them."""
        if way == DROP:
            return 0
        answers = [person.raw("GET", f"/media/{self.picture}/{name}") for name in ("original", "thumb", "download")]
        return sum(len(answer.content) for answer in answers if answer.status_code not in REFUSED)


DROP = "role drop"
WAYS: dict[str, Callable[[Scene, Person], object]] = {
    "logout": lambda scene, victim: victim.here.post("/api/auth/logout", status=204),
    "ended from elsewhere": lambda scene, victim: end_from(victim.elsewhere),
    "logout everywhere": lambda scene, victim: victim.elsewhere.post("/api/auth/logout-everywhere", status=204),
    "password change": lambda scene, victim: victim.elsewhere.post(
        "/api/auth/password", {"current": PASSWORD, "password": "a slow grey heron"}, status=204),
    "ban": lambda scene, victim: scene.root.patch(f"/api/admin/users/{victim.id}", {"disabled": True}),
    DROP: lambda scene, victim: scene.root.patch(
        f"/api/workspaces/{scene.place}/members/{victim.id}", {"role": "viewer"}),
    "removal": lambda scene, victim: scene.root.delete(f"/api/workspaces/{scene.place}/members/{victim.id}"),
    "account deletion": lambda scene, victim: victim.elsewhere.send(
        "DELETE", "/api/account", json={"current": PASSWORD}, status=204),
}  # fmt: skip


def end_from(other: Client) -> None:
    """The one sign-in that is not this."""
    doomed = [session["id"] for session in other.get("/api/account/sessions")["items"] if not session["current"]]
    assert len(doomed) == 1
    other.delete(f"/api/account/sessions/{doomed[0]}", status=204)


@contextmanager
def somebody_new(product: Product) -> Iterator[Person]:
    with ExitStack() as stack:
        here = stack.enter_context(rig.somebody(product, "Vic"))
        elsewhere = Client(product.base_url)
        stack.callback(elsewhere.close)
        elsewhere.login(here.user["email"])
        stale = rig.beside(here)
        stack.callback(stale.close)
        yield Person(here, elsewhere, stale)


def port_of(tab: Tab) -> int:
    return tab.wire.transport.get_extra_info("sockname")[1]


def holder(product: Product, port: int) -> int | None:
    """The web process that holds the connection from that port of this machine (Linux only)."""
    ours, theirs = f":{int(product.port):04X}", f":{port:04X}"
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ends = {f"socket:[{line[9]}]" for line in lines if line[1].endswith(ours) and line[2].endswith(theirs)}
    for name, pid in product.pids().items():
        if name.startswith("web") and ends & {str(file.readlink()) for file in Path(f"/proc/{pid}/fd").iterdir()}:
            return pid
    return None


def on_ours(rounds: int, ways: tuple[str, ...] = tuple(WAYS)) -> dict[str, Outcome]:
    """By the way in which somebody was sent away, all rounds together."""
    found = {way: Outcome() for way in ways}
    with (
        rig.product(WEB_PROCESSES="3", RECHECK_SECONDS="600", BRAKE_SECONDS="0") as product,
        rig.somebody(product, "Root") as root,
    ):
        scene = Scene(product, root)
        with rig.renaming(root, scene.place, producers=1, rate=RATE):
            for way in ways * rounds:
                outcome, total = scene.play(way), found[way]
                total.lags += outcome.lags
                total.events += outcome.events
                total.media += outcome.media
                total.writes += outcome.writes
    return found


def on_bare(seconds: float = 5.0) -> Outcome:
    """A tab of the plain application after a logout; `lags` is infinite where nothing happened for so long."""
    with running.signed(RATE) as peer, rig.swarm(peer.base_url, running.PlainSwarm) as tabs:
        person = Client(peer.base_url)
        person.get("/login")
        stale = person.cookie()
        tab = tabs.enter(stale, "room")[0]
        tabs.wait(lambda: tab.deliveries, 10, "nothing came")
        person.get("/logout")
        before, begun = tab.deliveries, time.monotonic()
        while tab.joined and time.monotonic() < begun + seconds:
            time.sleep(0.05)
        lag = math.inf if tab.joined else time.monotonic() - begun
        picture = httpx.get(f"{peer.base_url}/picture", headers={"Cookie": stale})
        person.close()
        return Outcome([lag], tab.deliveries - before, len(picture.content) if picture.is_success else 0)


def rows(rounds: int = 5) -> list[Row]:
    ours, bare = on_ours(rounds), on_bare()
    beside = "Flask-Login and Flask-SocketIO"
    all_ = list(ours.values())
    lags = [lag for outcome in all_ for lag in outcome.lags]
    events, media, writes = (sum(getattr(one, name) for one in all_) for name in ("events", "media", "writes"))
    return [
        *(Row(f"14 {way}: cut, p99", percentile(one.lags, 0.99), "s", target=1) for way, one in ours.items()),
        Row(f"14 all, {len(lags)} sockets: cut, p99", percentile(lags, 0.99), "s", bare.lags[0], beside, target=1),
        Row("14 revocation: events after the cut", events, "", bare.events, beside, target=0),
        Row("14 revocation: bytes of pictures after it", media, "", bare.media, beside, target=0),
        Row("14 revocation: writes after it", writes, "", target=0),
    ]


if __name__ == "__main__":
    print(HEAD)
    show(rows())
