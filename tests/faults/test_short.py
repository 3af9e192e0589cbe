"""Each full run of `make faults` in small: the same procedure, periods at a twentieth, the same promises."""

import pytest

from tests.benchmarks import fan_out, storm
from tests.faults import (
    acts,
    crash_points,
    drain,
    fairness,
    histories,
    loop_stall,
    network_drops,
    pictures,
    postgres_restart,
    redis_killed,
    redis_lost,
    rig,
    web_killed,
    workers_killed,
)
from tests.http.policies import ROUTES

SHARPEST = [
    ("web", "server.actions.transaction:Transaction.announce", "before", "made"),
    ("images", "server.storage.disk:Disk.put", "after", "made"),
    ("images", "server.billing.quota:give_back", "after", "refused"),
]


def test_nothing_is_lost_when_redis_is_killed_under_load():
    ours = redis_killed.on_ours(kills=2, tabs=6, away=(0.3, 0.6), settle=0.5)
    assert (ours["lost"], ours["faults"]) == (0, 0)


def test_nothing_is_lost_when_redis_loses_everything():
    ours = redis_lost.on_ours(images=8, tabs=3, away=0.2)
    assert (ours["lost"], ours["charged"]) == (0, 0)


def test_every_event_arrives_over_a_network_that_drops_and_stalls():
    ours = network_drops.on_ours(tabs=8, seconds=4, each=2, away=0.5, rate=10)
    assert (ours["missing"], ours["faults"]) == (0, 0)


def test_tabs_of_killed_web_processes_go_on_with_the_others():
    ours = web_killed.on_ours(tabs=24, processes=2, rate=10)
    assert (ours["lost"], ours["faults"]) == (0, 0)


def test_a_draining_process_answers_what_it_began_and_loses_no_word():
    ours = drain.on_ours(sockets=20, requests=6, streams=3, tokens=200)
    assert (ours["failed"], ours["lost"], ours["untold"]) == (0, 0, 0)
    assert ours["exit"] < 15


def test_the_tabs_of_one_of_several_processes_leave_it_one_by_one():
    ours = drain.one_of_several(tabs=40, processes=2)
    assert ours["cut"] == 0 and ours["dense"] < 60


def test_killed_workers_neither_lose_nor_double_a_picture():
    ours = workers_killed.on_ours(images=8, kills=2, every=0.8, settings=rig.QUICK)
    assert (ours["lost"], ours["twice"], ours["charged"]) == (0, 0, 0)


@pytest.mark.parametrize("point", SHARPEST, ids=lambda point: "-".join(point[::3]))
def test_a_process_may_die_at_any_point_of_a_picture(point):
    (known,) = [each for each in crash_points.POINTS if each == point]
    assert crash_points.faults([known], 1) == []


def test_the_product_outlives_a_crash_of_postgres():
    ours = postgres_restart.on_ours(restarts=1, tabs=4, settle=0.5)
    assert (ours["lost"], ours["faults"], ours["died"]) == (0, 0, 0) and ours["back"] < 10


@pytest.mark.parametrize("mode", fan_out.MODES)
def test_a_change_reaches_every_tab_of_a_full_room_soon(mode):
    ours = fan_out.on_ours(tabs=30, rate=10, seconds=2, mode=mode)
    assert ours["late"] < 2000 and ours["memory"] < 300


def test_pages_are_answered_while_many_tabs_come_back_at_once():
    ours = storm.on_ours(workspaces=10, each=20)
    assert ours["took"] < 10 and ours["asked"] < 500 and ours["memory"] < 300


def test_a_loop_never_waits_for_the_database():
    ours = loop_stall.on_ours(sockets=12, places=2, streams=2, queries=6, seconds=2)
    assert ours["done"] > 0 and ours["most"] < 1000 * loop_stall.HELD * 0.8


def test_newcomers_need_not_wait_behind_a_long_queue():
    ours = fairness.on_ours(queued=160, newcomers=3, each=2, job=1.0)
    assert ours["wait"] < 4 and ours["jain"] >= 0.8


def test_spoilt_pictures_are_refused_in_words_and_no_camera_is_heard():
    ours = pictures.ordeal(100)
    assert (ours["broken"], ours["leaks"]) == (0, 0) and ours["decoded"] > 10
    assert ours["slowest"] < pictures.MOST_SECONDS and ours["memory"] < pictures.MOST_MEMORY


@pytest.mark.parametrize("mode", ["eventlet", "gevent"])
def test_random_histories_end_alike_in_every_tab(mode):
    with rig.product(ASYNC_MODE=mode, **histories.QUICK) as product, rig.somebody(product) as ada:
        tally = histories.check(product, histories.Unlimited(ada), 5)
    assert tally["histories"] >= 5


def test_histories_know_every_door_that_changes_a_room():
    writing = {door for door in ROUTES if not door.startswith("GET ")}
    assert acts.doors() == {door for door in writing if not acts.is_elsewhere(door)}
    assert all(any(part in door for door in writing) for part in acts.ELSEWHERE)
