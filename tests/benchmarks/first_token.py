"""How much later a reply's first word comes through us than from the model itself."""

import time

import httpx

from tests.benchmarks.stage import Stage
from tests.benchmarks.table import Row, percentile
from tests.harness.room import Room


def directly(stage: Stage, rounds: int) -> list[float]:
    """Milliseconds from asking the model to its first word."""
    body = {"model": "script-large", "messages": [{"role": "user", "content": "go on"}], "stream": True}
    took = []
    with httpx.Client(base_url=stage.talker.url, trust_env=False) as client:
        for _ in range(rounds):
            started = time.monotonic()
            with client.stream("POST", "/v1/chat/completions", json=body) as reply:
                next(reply.iter_bytes())
                took.append((time.monotonic() - started) * 1000)
    return took


def through_us(stage: Stage, room: Room, rounds: int) -> list[float]:
    """Milliseconds from saying something to the first word in a tab."""
    took = []
    for _ in range(rounds):
        arrived: list[float] = []
        room.socket.on("message.delta", lambda data, arrived=arrived: arrived.append(time.monotonic()))
        started = time.monotonic()
        reply = stage.say("go on")
        room.wait_for_event("message.updated", id=reply["id"], status="complete")
        took.append((arrived[0] - started) * 1000)
    return took


def added(stage: Stage, rounds: int) -> tuple[list[float], list[float]]:
    """(what we add, what the model itself takes), in milliseconds."""
    stage.talker.script(tokens=4, rate=100)
    room = Room(stage.person, stage.workspace_id).enter()
    try:
        through_us(stage, room, 3)
        own, ours = directly(stage, rounds), through_us(stage, room, rounds)
    finally:
        room.leave()
    usual = percentile(own, 0.5)
    return [value - usual for value in ours], own


def rows(stage: Stage, rounds: int = 100) -> list[Row]:
    ours, own = added(stage, rounds)
    beside = "the model itself, asked directly"
    return [
        Row("first token, added by us, p50", percentile(ours, 0.5), "ms", percentile(own, 0.5), beside, target=25),
        Row("first token, added by us, p95", percentile(ours, 0.95), "ms", percentile(own, 0.95), beside, target=50),
    ]
