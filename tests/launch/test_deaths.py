"""Whatever dies comes back; whatever was started ends."""

import os
import signal
import time

import redis

from server.launch.process import birth
from server.launch.valkey import EmbeddedValkey
from tests.harness.product import Product

END = 15.0


def gone(pids: dict[str, int]) -> bool:
    return not any(birth(pid) for pid in pids.values())


def test_a_killed_child_comes_back_and_the_product_is_whole_again(start_product):
    product = start_product()
    for name in ("images", "upkeep", "web"):
        dead = product.kill(name)
        product.wait_for_successor(name, dead)
    product.wait_until(product.is_whole, 20, "not whole again")


def test_a_killed_valkey_comes_back_on_the_same_port_with_its_data(start_product):
    product = start_product()
    url = EmbeddedValkey.running(product.data_dir)
    redis.Redis.from_url(url).set("kept", "yes")
    time_to_sync(url)
    product.wait_for_successor("valkey", product.kill("valkey"))
    product.wait_until(lambda: EmbeddedValkey.running(product.data_dir) == url, 10, "another port")
    product.wait_until(lambda: answer(url) == b"yes", 10, "its data was lost")
    product.wait_until(product.is_whole, 20, "not whole again")


def time_to_sync(url: str) -> None:
    """Have what was written so far on disk, as it would be a second later."""
    redis.Redis.from_url(url).waitaof(1, 0, 3000)


def answer(url: str) -> bytes | None:
    try:
        return redis.Redis.from_url(url).get("kept")
    except redis.RedisError:
        return None


def test_valkey_admits_nobody_without_the_password(product):
    url = EmbeddedValkey.running(product.data_dir)
    bare = redis.Redis(host="127.0.0.1", port=int(url.rpartition(":")[2].split("/")[0]))
    try:
        bare.ping()
        raise AssertionError("let in without a password")
    except redis.AuthenticationError:
        pass


def test_ctrl_c_ends_everything_within_fifteen_seconds(start_product):
    product = start_product()
    pids = product.pids()
    assert set(pids) == {"web", "valkey", "images", "chat", "upkeep"}
    begun = time.monotonic()
    status = product.stop(signal.SIGINT, END)
    assert time.monotonic() - begun < END and gone(pids) and status == 0
    assert "Traceback" not in product.log()


def test_the_next_start_cleans_up_after_a_killed_supervisor(start_product):
    product = start_product()
    left = product.pids()
    product.process.kill()
    product.process.wait()
    product.start()
    assert gone(left), "a process of the dead supervisor still runs"
    assert set(product.pids()) == set(left)


def test_the_children_of_a_killed_supervisor_end_by_themselves(start_product):
    product: Product = start_product()
    left = {name: pid for name, pid in product.pids().items() if name != "valkey"}
    valkey = product.pids()["valkey"]
    product.process.kill()
    product.process.wait()
    product.wait_until(lambda: gone(left), END, "an orphan still runs")
    os.kill(valkey, signal.SIGKILL)
