"""Lines that are slow, narrow or dead: whoever sits at their end has the same room in the end."""

from urllib.parse import urlsplit

import pytest

from tests.benchmarks.peers import running
from tests.faults import rig
from tests.faults.batches import begin, everything_is_ready_once
from tests.faults.proxy import line
from tests.faults.rig import address_of, beside
from tests.faults.test_workers import written
from tests.harness.room import Room


def at_the_end_of(line, person, workspace_id: str) -> Room:
    """Another tab of the same person, behind a line."""
    far = beside(person)
    far.base_url = line.base_url
    return Room(far, workspace_id).enter()


@pytest.mark.parametrize("weather", [{"latency": 0.15}, {"throttle": 20_000}], ids=["slow", "narrow"])
def test_pictures_and_words_come_whole_over_a_bad_line(sturdy, talker, tabs, weather):
    talker.script(tokens=60, rate=30)
    near = tabs()[0]
    with line(address_of(sturdy.base_url), **weather) as bad:
        far = at_the_end_of(bad, near.client, near.workspace_id)
        said = near.client.post(f"/api/workspaces/{near.workspace_id}/messages", {"content": "a fox"})
        images = begin(near)
        done = far.wait_for_event("message.updated", id=said["reply"]["id"], status="complete", patience=30)
        assert written(far, done["message"]) == done["message"]["content"]
        everything_is_ready_once([near, far], images)
        far.leave()


@pytest.mark.parametrize("mode", ["eventlet", "gevent"])
def test_words_come_again_after_the_line_to_redis_has_died_in_silence(enter, mode):
    with running.valkey() as redis, line(address_of(redis.url)) as old:
        through = redis.url.replace(f":{address_of(redis.url)[1]}", f":{urlsplit(old.base_url).port}")
        with rig.product(REDIS_URL=through, GUIDE_PACE="0", ASYNC_MODE=mode) as product, rig.somebody(product) as ada:
            room = enter(ada, ada.workspace()["id"])
            assert hears_a_reply(room)
            old.forget()
            product.wait_until(lambda: hears_a_reply(room), 20, "no words come any more")


def hears_a_reply(room: Room) -> bool:
    """Whether a reply is heard while it is written, and not only at its end."""
    said = room.client.post(f"/api/workspaces/{room.workspace_id}/messages", {"content": "a fox"})["reply"]
    room.wait_for_event("message.updated", id=said["id"], status="complete", patience=20)
    return any(delta["message_id"] == said["id"] for delta in room.heard("message.delta"))
