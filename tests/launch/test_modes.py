"""Each way of waiting serves pages and sockets alike, and leaves politely."""

import signal
import threading

import pytest

from tests.harness.client import Client
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
