"""Whoever is sent away is cut off within a second, whichever of the web processes holds the sockets."""

import math

import pytest

from tests.faults import revocation, rig
from tests.harness.wire import Wire


@pytest.fixture(scope="module")
def scene(house, root):
    """A room of the superuser's in which something happens ten times a second."""
    made = revocation.Scene(house, root)
    with rig.renaming(root, made.place, producers=1, rate=10):
        yield made


@pytest.mark.parametrize("way", revocation.WAYS)
def test_nothing_is_heard_or_seen_after_the_cut(way, scene):
    outcome = scene.play(way)
    assert len(outcome.lags) >= 3 and max(outcome.lags) < 1, outcome
    assert (outcome.events, outcome.media, outcome.writes) == (0, 0, 0), outcome


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_sign_in_that_ends_while_a_socket_of_it_comes_in_takes_that_along(when, scene, house, hold_the_door):
    with revocation.somebody_new(house) as ivy, rig.swarm(house.base_url, revocation.Ears) as ears:
        revocation.admit(scene.root, ivy.here, scene.place, "viewer")
        early = scene.sit_everywhere(ears, ivy)
        late = Wire(house.base_url, ivy.here.cookie())
        with hold_the_door(when) as somebody_waits:
            late.send("40")
            house.wait_until(somebody_waits, 10, "nobody came to the door")
            ivy.here.post("/api/auth/logout", status=204)
            ears.wait(lambda: max(tab.cut_at for tab in early) < math.inf, 5, "the others were not cut")
        assert late.hear("44" if when == "before" else "41")
        late.close()
