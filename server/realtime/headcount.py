"""How many sockets and people there are, over all web processes: each says so when it is asked, and only then.

What they say lies in one hash of Redis and is forgotten by itself; without Redis nobody is counted but those here.
"""

import json
import time

from server.extensions import redis_client, socketio
from server.realtime.presence import presence

NAME = "headcount"
VALID = 8.0


def tell(_word: dict | None = None) -> None:
    """Write down what this process holds."""
    mine = json.dumps({"until": time.time() + VALID, **_here()})
    redis_client.attempt(
        lambda client: client.pipeline(transaction=False)
        .hset(NAME, presence.process, mine)
        .expire(NAME, int(VALID))
        .execute()
    )


def read() -> dict:
    """{online, sockets, rooms}: people, their sockets, and workspaces that somebody is in."""
    stored = redis_client.attempt(lambda client: client.hvals(NAME)) or []
    told = [said for said in map(json.loads, stored) if said["until"] > time.time()] or [_here()]
    return {
        "online": len({person for said in told for person in said["people"]}),
        "sockets": sum(said["sockets"] for said in told),
        "rooms": len({room for said in told for room in said["rooms"]}),
    }


def _here() -> dict:
    rooms = socketio.server.manager.rooms.get("/", {})
    names = [name for name in list(rooms) if name]
    return {
        "sockets": len(rooms.get(None, ())),
        "people": [name[5:] for name in names if name.startswith("user:")],
        "rooms": [name[3:] for name in names if name.startswith("ws:")],
    }
