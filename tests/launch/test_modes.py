"""Each way of waiting serves pages and sockets alike, and leaves politely."""

import resource
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.faults.rig import address_of
from tests.harness.browser import Desk
from tests.harness.client import Client
from tests.harness.making import ask
from tests.harness.room import Room


@pytest.mark.parametrize("mode", ["eventlet", "gevent", "threading"])
def test_a_web_process_serves_sockets_and_says_goodbye(start_product, mode):
    product = start_product(ASYNC_MODE=mode)
    ada = Client(product.base_url)
    ada.register("Ada")
    workspace = ada.workspace("Foxes")
    room = Room(ada, workspace["id"]).enter()
    ada.patch(f"/api/workspaces/{workspace['id']}", {"name": "Wolves"})
    assert room.wait_for_event("workspace.updated", name="Wolves")
    dead = product.kill("web", signal.SIGTERM)
    assert room.wait_for(lambda room: room.heard("draining"), 10)
    product.wait_for_successor("web", dead)
    ada.patch(f"/api/workspaces/{workspace['id']}", {"name": "Hares"})
    assert room.wait_for_event("workspace.updated", 30, name="Hares")
    room.leave()
    assert product.stop() == 0 and "Traceback" not in product.log()


@pytest.mark.parametrize("mode", ["eventlet", "gevent"])
def test_more_than_a_thousand_connections_are_served_where_the_system_gives_a_thousand_files(start_product, mode):
    with open_files(1024):
        product = start_product(ASYNC_MODE=mode)
    with open_files(4096), ExitStack() as opened:
        for _ in range(1100):
            waiting = opened.enter_context(socket.create_connection(address_of(product.base_url)))
            waiting.sendall(b"GET /api/session HTTP/1.1\r\n")
        ada = Client(product.base_url)
        ada.register("Ada")
        room = Room(ada, ada.workspace("Foxes")["id"]).enter()
        ada.patch(f"/api/workspaces/{room.workspace_id}", {"name": "Wolves"})
        assert room.wait_for_event("workspace.updated", name="Wolves")
        room.leave()


@contextmanager
def open_files(most: int) -> Iterator[None]:
    """How many files we, and whom we start, may have open unless we ask for more."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_two_web_processes_share_the_door(start_product):
    product = start_product(WEB_PROCESSES="2")
    assert {"web.1", "web.2"} <= set(product.pids())
    ada = Client(product.base_url)
    ada.register("Ada")
    workspace = ada.workspace("Foxes")
    rooms = [Room(ada, workspace["id"]).enter() for _ in range(6)]
    renaming = threading.Thread(target=ada.patch, args=(f"/api/workspaces/{workspace['id']}", {"name": "Wolves"}))
    renaming.start()
    for room in rooms:
        assert room.wait_for_event("workspace.updated", name="Wolves")
        room.leave()
    renaming.join()


def test_a_browser_sees_pictures_come_on_gevent(start_product, browser):
    product = start_product(ASYNC_MODE="gevent")
    ada = Client(product.base_url)
    ada.register("Ada")
    workspace, desk = ada.workspace("Foxes"), Desk(browser, product.base_url)
    page = desk.page(ada, f"/w/{workspace['id']}")
    page.get_by_role("heading", name="Foxes").or_(page.get_by_text("Foxes").first).first.wait_for()
    ask(ada, workspace["id"])
    page.locator(".tile img").first.wait_for()
    desk.close()


def test_who_sat_at_a_killed_process_is_forgotten_when_its_lease_ends(start_product):
    short = {"PRESENCE_SECONDS": "0.5", "PRESENCE_LEASE_SECONDS": "1.5"}
    product = start_product(WEB_PROCESSES="2", **short)
    ada = Client(product.base_url)
    ada.register("Ada")
    workspace = ada.workspace("Foxes")
    rooms = [Room(ada, workspace["id"]).enter() for _ in range(12)]
    rooms[0].wait_for(lambda room: tabs(room) == 12)
    for room in rooms:
        room.socket.reconnection = False
    product.kill("web.1")
    product.wait_until(
        lambda: (here := [room for room in rooms if room.socket.connected]) != rooms and tabs(here[0]) == len(here),
        20, "the dead are still counted",
    )  # fmt: skip
    for room in rooms:
        room.leave()


def tabs(room: Room) -> int:
    """How many tabs the newest list of people counts."""
    said = room.heard("presence")
    return sum(person["tabs"] for person in said[-1]["members"]) if said else 0
