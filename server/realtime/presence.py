"""Who is in a room: leases of the web processes in Redis, shown as one absolute list.

Each process keeps the seats of its own sockets and writes them under its name into the hash of the room, with
a time to live. A process that was killed is forgotten when its lease ends; without Redis each shows its own.
"""

import json
import threading
import time
from dataclasses import dataclass, field
from secrets import token_hex

import structlog
from flask import Flask

from server.extensions import config, redis_client, socketio
from server.realtime import publisher
from server.realtime.feed import feed

COALESCE = 0.2
COALESCE_A_ROOM = 0.02  # after a restart everybody comes into every room
TYPING_LASTS = 8.0
log = structlog.get_logger()


@dataclass
class Seat:
    """One socket in one room."""

    user_id: str
    name: str
    color: str
    typing_until: float = 0.0
    focus: str | None = None
    hidden: bool = False

    def to_dict(self) -> dict:
        return {
            "user_id": self.user_id,
            "name": self.name,
            "color": self.color,
            "typing": self.typing_until > time.time(),
            "focus": self.focus,
            "hidden": self.hidden,
        }


@dataclass
class Presence:
    process: str = field(default_factory=lambda: token_hex(6))
    seats: dict[str, dict[str, Seat]] = field(default_factory=dict)

    def __post_init__(self):
        self._dirty: set[str] = set()
        self._wake = threading.Event()
        self._shown: dict[str, list] = {}
        self._known: dict[str, tuple[float, dict[bytes, bytes]]] = {}
        self._lease = 30.0

    def start(self, app: Flask) -> None:
        with app.app_context():
            self._lease, period = config().presence_lease, config().presence_period
        socketio.start_background_task(self._run, period)

    def enter(self, workspace_id: str, sid: str, seat: Seat) -> None:
        self.seats.setdefault(workspace_id, {}).setdefault(sid, seat)
        self._touch(workspace_id)

    def leave(self, workspace_id: str, sid: str) -> None:
        room = self.seats.get(workspace_id, {})
        if room.pop(sid, None) is None:
            return
        if not room:
            del self.seats[workspace_id]
            self._known.pop(workspace_id, None)
            feed.close(workspace_id)
        self._touch(workspace_id)

    def leave_all(self, sid: str) -> None:
        for workspace_id in [id for id, room in self.seats.items() if sid in room]:
            self.leave(workspace_id, sid)

    def set_typing(self, workspace_id: str, sid: str, typing: bool) -> None:
        seat = self.seats.get(workspace_id, {}).get(sid)
        if seat:
            seat.typing_until = time.time() + TYPING_LASTS if typing else 0.0
            self._touch(workspace_id)

    def set_focus(self, workspace_id: str, sid: str, image_id: str | None) -> None:
        seat = self.seats.get(workspace_id, {}).get(sid)
        if seat:
            seat.focus = image_id
            self._touch(workspace_id)

    def hide(self, workspace_id: str, sid: str, hidden: bool) -> None:
        """A person is not listed while any tab of theirs asks for it."""
        seat = self.seats.get(workspace_id, {}).get(sid)
        if seat and seat.hidden != hidden:
            seat.hidden = hidden
            self._touch(workspace_id)

    def rename(self, workspace_id: str, user_id: str, name: str) -> None:
        for seat in self.seats.get(workspace_id, {}).values():
            if seat.user_id == user_id:
                seat.name = name
                self._touch(workspace_id)

    def members(self, workspace_id: str) -> list[dict]:
        """Everybody in the room who does not hide: {user_id, name, color, tabs, typing, focus}, by name."""
        seats = self._seats(workspace_id)
        hiding = {seat["user_id"] for seat in seats if seat["hidden"]}
        people: dict[str, dict] = {}
        for seat in seats:
            if seat["user_id"] in hiding:
                continue
            person = people.setdefault(seat["user_id"], {**seat, "tabs": 0, "typing": False, "focus": None})
            person.pop("hidden", None)
            person["tabs"] += 1
            person["typing"] = person["typing"] or seat["typing"]
            person["focus"] = seat["focus"] or person["focus"]
        return sorted(people.values(), key=lambda person: (person["name"], person["user_id"]))

    def viewers(self, workspace_id: str) -> int:
        """How many tabs watch a room, those of hidden people too."""
        return len(self._seats(workspace_id))

    def _seats(self, workspace_id: str) -> list[dict]:
        stored = self._leases(workspace_id)
        seats = [seat.to_dict() for seat in self.seats.get(workspace_id, {}).values()]
        for process, text in stored.items():
            lease = json.loads(text)
            if process.decode() != self.process and lease["until"] > time.time():
                seats.extend(lease["seats"])
        return seats

    def _leases(self, workspace_id: str) -> dict[bytes, bytes]:
        """What the processes have written; asked once a moment, however many come in together."""
        asked, stored = self._known.get(workspace_id, (0.0, {}))
        if time.time() - asked > COALESCE:
            stored = redis_client.attempt(lambda client: client.hgetall(self._key(workspace_id))) or {}
            if workspace_id in self.seats:
                self._known[workspace_id] = time.time(), stored
        return stored

    def _touch(self, workspace_id: str) -> None:
        self._dirty.add(workspace_id)
        self._wake.set()

    def _key(self, workspace_id: str) -> str:
        return f"presence:{workspace_id}"

    def _run(self, period: float) -> None:
        renewed = 0.0
        while True:
            self._wake.wait(max(0.0, renewed + period - time.time()))
            socketio.sleep(COALESCE + COALESCE_A_ROOM * len(self._dirty))
            self._wake.clear()
            try:
                dirty, self._dirty = self._dirty, set()
                if time.time() >= renewed + period:
                    dirty |= set(self.seats)
                    renewed = time.time()
                self._store(dirty)
                for workspace_id in dirty:
                    self._show(workspace_id)
            except Exception:
                log.exception("presence failed")

    def _store(self, rooms: set[str]) -> None:
        """Renew the leases of this process in one call."""
        if rooms:
            redis_client.attempt(lambda client: self._pipe(client, rooms).execute())

    def _pipe(self, client, rooms: set[str]):
        pipe = client.pipeline(transaction=False)
        until = time.time() + self._lease
        for workspace_id in rooms:
            seats = [seat.to_dict() for seat in self.seats.get(workspace_id, {}).values()]
            if seats:
                pipe.hset(self._key(workspace_id), self.process, json.dumps({"until": until, "seats": seats}))
                pipe.expire(self._key(workspace_id), int(self._lease) + 1)
            else:
                pipe.hdel(self._key(workspace_id), self.process)
        return pipe

    def _show(self, workspace_id: str) -> None:
        members = self.members(workspace_id)
        if members == self._shown.get(workspace_id):
            return
        self._shown[workspace_id] = members
        if workspace_id not in self.seats:
            del self._shown[workspace_id]
        publisher.whisper(workspace_id, "presence", members=members)


presence = Presence()
