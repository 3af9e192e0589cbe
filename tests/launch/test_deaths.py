"""Whatever dies comes back; whatever was started ends."""

import signal
import time
from collections.abc import Iterator

import pytest
import redis

from server.launch.process import birth
from server.launch.valkey import EmbeddedValkey
from tests.harness.product import Product

END = 15.0


def gone(pids: dict[str, int]) -> bool:
    return not any(birth(pid) for pid in pids.values())


@pytest.fixture(scope="module")
def mortal(tmp_path_factory) -> Iterator[Product]:
    """A product whose parts are killed and come back."""
    with Product(tmp_path_factory.mktemp("product")).running() as product:
        yield product


def test_a_killed_child_comes_back_and_the_product_is_whole_again(mortal):
    killed = {name: mortal.kill(name) for name in ("images", "chat", "upkeep", "web")}
    for name, pid in killed.items():
        mortal.wait_for_successor(name, pid)
    mortal.wait_until(mortal.is_whole, 30, "not whole again")


def test_a_killed_valkey_comes_back_on_the_same_port_with_its_data(mortal):
    url = EmbeddedValkey.running(mortal.data_dir)
    redis.Redis.from_url(url).set("kept", "yes")
    time_to_sync(url)
    mortal.wait_for_successor("valkey", mortal.kill("valkey"))
    mortal.wait_until(lambda: EmbeddedValkey.running(mortal.data_dir) == url, 10, "another port")
    mortal.wait_until(lambda: answer(url) == b"yes", 10, "its data was lost")
    mortal.wait_until(mortal.is_whole, 30, "not whole again")


def time_to_sync(url: str) -> None:
    """Have what was written so far on disk, as it would be a second later."""
    redis.Redis.from_url(url).waitaof(1, 0, 3000)


def answer(url: str) -> bytes | None:
    try:
        return redis.Redis.from_url(url).get("kept")
    except redis.RedisError:
        return None


def test_valkey_admits_nobody_without_the_password(mortal):
    port = int((mortal.data_dir / "valkey" / "port").read_text())
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(host="127.0.0.1", port=port).ping()


def test_ctrl_c_ends_everything_within_fifteen_seconds(mortal):
    pids = mortal.pids()
    assert set(pids) == {"web", "valkey", "images", "chat", "upkeep"}
    begun = time.monotonic()
    status = mortal.stop(signal.SIGINT, END)
    assert time.monotonic() - begun < END and gone(pids) and status == 0
    assert "Traceback" not in mortal.log()


def test_after_a_killed_supervisor_the_children_end_and_the_next_start_cleans_up(start_product):
    product = start_product()
    left = product.pids()
    product.process.kill()
    product.process.wait()
    orphans = {name: pid for name, pid in left.items() if name != "valkey"}
    product.wait_until(lambda: gone(orphans), END, "an orphan still runs")
    assert birth(left["valkey"]), "Valkey cannot notice, the next start ends it"
    product.start()
    assert gone(left)
