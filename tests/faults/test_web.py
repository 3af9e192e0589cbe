"""The web process may die at any moment: open tabs come back by themselves and miss nothing."""

import signal

from tests.faults.batches import begin, everything_is_ready_once


def test_tabs_of_a_killed_web_process_come_back_and_miss_nothing(sturdy, tabs):
    rooms = tabs()
    images = begin(rooms[0])
    sturdy.wait_for_successor("web", sturdy.kill("web"))
    everything_is_ready_once(rooms, images)
    assert len(rooms[0].state.things["images"]) == len(images)


def test_a_web_process_that_is_ended_says_when_to_come_back(sturdy, tabs):
    rooms = tabs()
    images = begin(rooms[0])
    sturdy.wait_for_successor("web", sturdy.kill("web", signal.SIGTERM))
    assert all(0 < said["retry_in"] <= 2.4 for room in rooms for said in room.heard("draining"))
    assert all(room.heard("draining") for room in rooms)
    everything_is_ready_once(rooms, images)


def test_everything_dies_in_the_middle_of_a_batch(sturdy, tabs):
    rooms = tabs()
    images = begin(rooms[0])
    dead = {name: sturdy.kill(name) for name in ("valkey", "images", "upkeep", "web")}
    for name, pid in dead.items():
        sturdy.wait_for_successor(name, pid)
    everything_is_ready_once(rooms, images)
