"""A tab that stops reading: first it misses what is ephemeral, then it is cut and comes back; others notice nothing."""

import json
import socket
import sqlite3

import pytest
import redis
import websocket
from socketio import RedisManager

from server.launch.valkey import EmbeddedValkey
from tests.faults import rig
from tests.harness.client import Client
from tests.harness.wire import Wire

CHANNEL = "flask-socketio"
LITTLE = ((socket.SOL_SOCKET, socket.SO_RCVBUF, 4096),)
WORDS, TURNS, EACH = "x" * 8000, 30, 40
ROOMY, ASKED = 60, 55  # styles of 8 KB, and how often one may enter in ten seconds


class Reader(Wire):
    """A tab whose network card holds next to nothing, and which reads only when it is told to."""

    def __init__(self, client: Client, place: str):
        address = client.base_url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        cookie = [f"Cookie: {client.cookie()}"]
        self.socket = websocket.create_connection(
            address, timeout=10, header=cookie, origin=client.base_url, sockopt=LITTLE
        )
        self.send("40")
        assert self.hear("40{")
        self.answer = self.ask("join", {"workspace_id": place, "since": None})

    def read_until(self, last: str) -> list[list]:
        """Every event up to one that contains these words; what came before the end, if it ends first."""
        self.socket.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        heard = []
        while frame := self.hear("42"):
            heard.append(json.loads(frame[2:]))
            if last in frame:
                break
        return heard

    def read_answers(self) -> int:
        """How many answers come before the end."""
        self.socket.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        return sum(1 for _ in iter(lambda: self.hear("43"), ""))


@pytest.fixture
def reader(ana, place):
    own = Reader(ana, place)
    yield own
    own.close()


@pytest.fixture
def quick(ana, place):
    """The tabs of somebody who reads at once; `whispers` are the deltas that came."""
    with rig.swarm(ana.base_url) as tabs:
        tabs.whispers = []
        tabs.whispered = lambda tab, name, data: name == "message.delta" and tabs.whispers.append(data)
        tabs.enter(ana.cookie(), place)
        tabs.wait(tabs.all_joined, 10, "not joined")
        yield tabs
        assert len(tabs.tabs[0].connects) == 1, "whoever reads must not be cut"


def a_style(ana, place: str, positive: str = "{prompt}, ink") -> str:
    return ana.post(f"/api/workspaces/{place}/styles", {"name": "Ink", "positive": positive})["style"]["id"]


def test_a_stopped_reader_misses_words_in_passing_but_no_change(product, ana, place, quick, reader):
    queue = RedisManager(EmbeddedValkey.running(product.data_dir), channel=CHANNEL, write_only=True)
    for turn in range(1, TURNS + 1):
        for number in range(EACH):
            said = {"workspace_id": place, "message_id": place, "attempt": 1, "offset": number, "delta": WORDS}
            queue.emit("message.delta", said, room=f"ws:{place}")
        quick.wait(lambda turn=turn: len(quick.whispers) == turn * EACH, 15, "words were lost")
    style = a_style(ana, place)
    names = [f"Ink {number}" for number in range(10)]
    for name in names:
        ana.patch(f"/api/styles/{style}", {"name": name})
    heard = reader.read_until(names[-1])
    assert [data["data"]["style"]["name"] for event, data in heard if event == "event"] == ["Ink", *names]
    assert 0 < sum(event == "message.delta" for event, _ in heard) < TURNS * EACH * 3 / 4


def test_a_burst_of_changes_is_not_taken_for_a_slow_reader(product, ana, place, quick):
    a_style(ana, place)
    seq = repeat_last_event(product, place, 1500)
    quick.wait(lambda: quick.at({place: seq}), 20, "not in step")
    assert not quick.book.faults


def test_a_reader_that_stays_away_is_cut_and_heals_while_others_get_all(product, ana, place, quick, reader):
    a_style(ana, place, positive="{prompt}, " + "ink " * 1900)
    first = rig.head_of(ana, place)
    for _ in range(8):
        seq = repeat_last_event(product, place, 250)
        quick.wait(lambda seq=seq: quick.at({place: seq}), 20, "not in step")
    assert not quick.book.faults and len(quick.book.pages[place]) >= 2001
    heard = [data["seq"] for event, data in reader.read_until("never") if event == "event"]
    assert heard == list(range(first, first + len(heard))) and heard[-1] < seq - 900
    again = Reader(ana, place)
    assert again.answer["snapshot"]["seq"] == seq
    again.close()


def test_who_asks_on_and_reads_no_answer_is_cut(ana, place, quick, reader):
    for _ in range(ROOMY):
        a_style(ana, place, positive="{prompt}, " + "ink " * 1900)
    for number in range(ASKED):
        reader.send(f'42{number}["join",{{"workspace_id":"{place}"}}]')
    assert reader.read_answers() < ASKED
    again = Reader(ana, place)
    assert len(again.answer["snapshot"]["styles"]) == ROOMY
    again.close()


def repeat_last_event(product, place: str, times: int) -> int:
    """As if workers had written so many changes at once; the workspace's number after that."""
    with sqlite3.connect(product.data_dir / "emulsion.db", timeout=20) as database:
        database.execute("BEGIN IMMEDIATE")
        (seq,) = database.execute("SELECT seq FROM workspaces WHERE id = ?", (place,)).fetchone()
        kept = "workspace_id, ?1 + n.number, type, payload, actor_id, created_at, trimmed"
        database.execute(
            f"""INSERT INTO workspace_events (workspace_id, seq, type, payload, actor_id, created_at, trimmed)
            WITH RECURSIVE n(number) AS (VALUES (1) UNION ALL SELECT number + 1 FROM n WHERE number < ?2)
            SELECT {kept} FROM workspace_events, n WHERE workspace_id = ?3 AND seq = ?1""",
            (seq, times, place),
        )
        database.execute("UPDATE workspaces SET seq = seq + ? WHERE id = ?", (times, place))
    database.close()
    word = {"method": "poke", "workspace_id": place, "seq": seq + times}
    redis.Redis.from_url(EmbeddedValkey.running(product.data_dir)).publish(CHANNEL, json.dumps(word))
    return seq + times
