"""Guessing gets slow, for an account and for an address, and its owner still comes in."""

import pytest

from server import create_app
from server.actions.brakes import Brake
from server.config import Config
from server.errors import RateLimited
from server.extensions import network
from server.launch.port import unused
from tests.harness.client import Client
from tests.harness.making import refusal


def guess(client: Client, email: str):
    return client.raw("POST", "/api/auth/login", json={"email": email, "password": "wrong"})


def guess_until_slowed(client: Client, email: str):
    """How many wrong tries were answered, and the first answer that says to wait."""
    for tries in range(15):
        answer = guess(client, email)
        if answer.status_code == 429:
            return tries, answer
        assert answer.status_code == 401
    raise AssertionError("fifteen tries in a row were answered")


def test_a_guesser_is_slowed_down_and_told_for_how_long_while_the_owner_comes_in(product, person):
    fay = person("Fay")
    thief = Client(product.base_url)
    free, slow = guess_until_slowed(thief, fay.user["email"])
    assert free >= 6 and int(slow.headers["Retry-After"]) >= 1
    assert slow.json()["error"]["code"] == "rate_limited"
    assert slow.json()["error"]["retry_after"] == int(slow.headers["Retry-After"])
    fay.login(fay.user["email"])
    thief.close()


def test_an_unknown_address_is_slowed_down_in_the_same_way(product):
    thief = Client(product.base_url)
    free, _ = guess_until_slowed(thief, "not.there@example.com")
    assert free >= 6
    thief.close()


def test_links_for_a_new_password_are_sent_ever_more_slowly(product):
    asker = Client(product.base_url)
    body = {"json": {"email": "asked.often@example.com"}}
    assert [asker.raw("POST", "/api/auth/password-reset", **body).status_code for _ in range(4)] == [202] * 4
    assert refusal(asker, "POST", "/api/auth/password-reset", **body)[:2] == (429, "rate_limited")
    asker.close()


@pytest.fixture
def without_redis(tmp_path):
    config = Config(data_dir=tmp_path, secret_key="x", database_url="sqlite://",
                    redis_url=f"redis://127.0.0.1:{unused()}/0")
    with create_app(config, role="cli").app_context():
        yield


def test_the_brake_holds_without_redis(without_redis):
    brake = Brake("test", free=2, first=30, most=60)
    for _ in range(3):
        brake.take("someone")
    with pytest.raises(RateLimited) as refused:
        brake.take("someone")
    assert 25 <= refused.value.details["retry_after"] <= 30
    brake.take("someone else")
    brake.release("someone")
    brake.take("someone")


def test_one_network_of_ipv6_is_one_subject():
    assert network("2001:db8:1:2:3::1") == network("2001:db8:1:2:ffff::9") != network("2001:db8:1:3::1")
    assert network("::ffff:192.0.2.1") == network("192.0.2.1") == "192.0.2.1"
