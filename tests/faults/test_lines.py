"""Lines that are slow, narrow or dead: whoever sits at their end has the same room in the end."""

import pytest

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
