"""Test 5: a web process is asked to end while it is busy. `python -m tests.faults.drain`

A hundred sockets, twenty requests whose bodies are still on their way, some replies being written: every request is
answered, every tab holds every token while the reply is still being written, and the process is gone soon. The bare
peer drops all at once.

Where there are several processes, each tab of one that ends leaves for the others at its own moment. Those of a
lone one all wait at the door until its successor has started.
"""

import contextlib
import os
import signal
import socket
import threading
import time

from tests.benchmarks.peers import running
from tests.benchmarks.table import HEAD, Row, show
from tests.contract import Server, contract_server
from tests.faults import rig
from tests.faults.web_killed import densest
from tests.harness.client import Client
from tests.harness.product import Product
from tests.harness.room import Room

LATE = 2.0  # seconds: long after the process would have gone if it waited for nobody


def rows(sockets: int = 100, requests: int = 20, streams: int = 8, tokens: int = 300) -> list[Row]:
    ours, bare = on_ours(sockets, requests, streams, tokens), on_bare(requests)
    leaving = one_of_several(tabs=3 * sockets, processes=3)
    return [
        Row("5 drain: requests that were not answered", ours["failed"], "", bare, "bare Flask-SocketIO", target=0),
        Row("5 drain: tokens lost", ours["lost"], "", target=0),
        Row("5 drain: until the process is gone", ours["exit"], "s", target=15),
        Row("5 drain: sockets that were not told when to return", ours["untold"], "", target=0),
        Row("5 drain of one of three: sockets cut before their moment", leaving["cut"], "", target=0),
        Row("5 drain of one of three: reconnects in the densest 200 ms", leaving["dense"], "%", target=20),
    ]


def on_ours(sockets: int, requests: int, streams: int, tokens: int) -> dict[str, float]:
    with contract_server("chat") as talker:
        chat = {"CHAT_API_KIND": "openai", "CHAT_API_URL": talker.url, "CHAT_API_MODELS": "script-large"}
        slots = {"CHAT_SLOTS": str(streams)}
        with rig.product(**chat, **slots) as product, rig.somebody(product) as ada:
            return drained(product, ada, talker, sockets, requests, streams, tokens)


def drained(
    product: Product, ada: Client, talker: Server, sockets: int, requests: int, streams: int, tokens: int
) -> dict[str, float]:
    talker.script(tokens=tokens, rate=30)
    places = [ada.workspace(f"Room {number}")["id"] for number in range(streams)]
    rooms = [Listener(ada, place).enter() for place in places]
    with rig.swarm(product.base_url) as swarm:
        told = set()
        swarm.whispered = lambda tab, name, data: name == "draining" and told.add(tab)
        swarm.enter(ada.cookie(), places[0], sockets)
        swarm.wait(swarm.all_joined, 60, "not everybody joined")
        replies = [ada.post(f"/api/workspaces/{place}/messages", {"content": "go"})["reply"] for place in places]
        for room in rooms:
            room.wait_for(lambda room: room.heard("message.delta"))
        slow = [Slow(ada, place) for place in (places * requests)[:requests]]
        web, asked = product.pids()["web"], time.monotonic()
        os.kill(web, signal.SIGTERM)
        for request in slow:
            request.finish_after(LATE)
        failed = sum(not request.answered() for request in slow)
        product.wait_until(lambda: product.pids().get("web") != web, 20, "the web process did not end")
        gone = time.monotonic() - asked
        swarm.wait(swarm.all_joined, 30, "not everybody came back")
        lost = sum(missing(room, reply["id"], tokens) for room, reply in zip(rooms, replies, strict=True))
        for room in rooms:
            room.leave()
        return {"failed": failed, "lost": lost, "exit": gone, "untold": sockets - len(told)}


def one_of_several(tabs: int, processes: int) -> dict[str, float]:
    """How many tabs were cut instead of leaving, and the most that come to the others within 200 ms, in percent."""
    with (
        rig.product(WEB_PROCESSES=str(processes)) as product,
        rig.somebody(product) as ada,
        rig.swarm(product.base_url) as swarm,
    ):
        swarm.enter(ada.cookie(), ada.workspace()["id"], tabs)
        swarm.wait(swarm.all_joined, 60, "not everybody joined")
        web, asked = product.pids()["web.1"], time.monotonic()
        os.kill(web, signal.SIGTERM)
        product.wait_for_successor("web.1", web)
        swarm.wait(swarm.all_joined, 30, "not everybody came back")
        back = sorted(tab.connects[-1] for tab in swarm.tabs if tab.connects[-1] > asked)
        return {"cut": sum(tab.cuts for tab in swarm.tabs), "dense": 100 * densest(back) / len(back)}


class Listener(Room):
    """A tab that holds the one reply of its room as it is written: what it hears, and what it is told on entering.

    `was_written` says whether it was still being written when the tab entered last.
    """

    text, was_written = "", False

    def join(self, answer: dict) -> None:
        for stream in answer.get("streams") or ():
            self.hold(stream["text"])
        self.was_written = bool(answer.get("streams"))
        super().join(answer)

    def overhear(self, name: str, data: dict) -> None:
        if name == "message.delta" and data["offset"] > len(self.text):
            self.socket.emit("watch_replies", {"message_id": data["message_id"]}, callback=self.be_told)
        elif name == "message.delta":
            self.hold(self.text[: data["offset"]] + data["text"])
        super().overhear(name, data)

    def be_told(self, answer: dict) -> None:
        self.hold(answer["text"])

    def hold(self, text: str) -> None:
        with self.changed:
            self.text = max(self.text, text, key=len)
            self.changed.notify_all()


def missing(room: Listener, reply_id: str, tokens: int) -> int:
    """Tokens of a reply that the tab was not given as it was written; who came too late has them from its end."""
    done = room.wait_for_event("message.updated", id=reply_id, status="complete", patience=tokens / 30 + 40)
    whole = done["message"]["content"]
    if not room.was_written:
        return tokens - len(whole.split())
    with contextlib.suppress(AssertionError):
        room.wait_for(lambda room: room.text.strip() == whole, 3)
    return tokens - len(room.text.split())


class Slow:
    """A request whose body comes later than its head."""

    def __init__(self, person: Client, place: str):
        body = b'{"text": "a fox", "negative": "", "settings": {}}'
        self.rest = body
        self.socket = socket.create_connection(rig.address_of(person.base_url))
        head = [
            f"PUT /api/workspaces/{place}/draft HTTP/1.1",
            f"Host: {person.base_url.removeprefix('http://')}",
            f"Origin: {person.base_url}",
            f"Cookie: {person.cookie()}",
            f"X-CSRFToken: {person.token()}",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
        ]
        self.socket.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + body[:5])

    def finish_after(self, seconds: float) -> None:
        self.timer = threading.Timer(seconds, self.finish)
        self.timer.start()

    def finish(self) -> None:
        try:
            self.socket.sendall(self.rest[5:])
        except OSError:
            self.socket.close()

    def answered(self) -> bool:
        self.timer.join()
        try:
            self.socket.settimeout(10)
            return self.socket.recv(4096).startswith(b"HTTP/1.1 200")
        except OSError:
            return False


def on_bare(requests: int) -> float:
    """How many requests of a second fail when the process is told to end."""
    with running.valkey() as redis, running.bare(redis.url) as peer:
        sockets = [socket.create_connection(rig.address_of(peer.base_url)) for _ in range(requests)]
        for each in sockets:
            each.sendall(b"GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        time.sleep(0.3)
        os.kill(peer.pid, signal.SIGTERM)
        return sum(not came(each) for each in sockets)


def came(each: socket.socket) -> bool:
    try:
        each.settimeout(5)
        return each.recv(100).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


if __name__ == "__main__":
    print(HEAD)
    show(rows())
