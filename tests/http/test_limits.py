"""How much is too much: never less than a client can rely on, said with when to come back, on every door."""

import pytest
from flask import Flask

from server import http
from server.extensions import limiter

FLOORS = {"POST /api/generate": 120, "POST /api/auth/register": 10}
PATIENCE = 400


def asked_until_refused(client, door: str) -> tuple[int, object]:
    """How many calls were not too many, and the answer to the first that was."""
    method, path = door.split(" ")
    for count in range(PATIENCE):
        answer = client.raw(method, path, json={})
        if answer.status_code == 429:
            return count, answer
        assert answer.status_code == 422
    raise AssertionError(f"{PATIENCE} calls of {door} were answered")


@pytest.mark.parametrize("door", FLOORS)
def test_a_client_gets_what_it_can_rely_on_and_is_then_told_when_to_come_back(door, person, nobody):
    client = nobody if "register" in door else person("Lea")
    count, refused = asked_until_refused(client, door)
    assert count >= FLOORS[door]
    error = refused.json()["error"]
    assert error["code"] == "rate_limited" and 1 <= error["retry_after"] <= 61
    assert refused.headers["Retry-After"] == str(error["retry_after"])


def test_one_who_asks_too_much_does_not_use_up_what_others_may(person):
    keen, other = person("Kim"), person("Lou")
    asked_until_refused(keen, "POST /api/tickets")
    assert other.raw("POST", "/api/tickets", json={}).status_code == 422
    assert keen.raw("GET", "/api/workspaces").status_code == 200


def test_every_door_has_a_limit_and_none_of_one_minute_is_meaner_than_ten():
    app = Flask("doors", static_folder=None)
    app.config["RATELIMIT_STORAGE_URI"] = "memory://"
    limiter.init_app(app)
    http.register(app)
    for rule in app.url_map.iter_rules():
        noun = rule.endpoint.split(".")[0]
        verb = next(iter(rule.methods - {"HEAD", "OPTIONS"}))
        with app.test_request_context(method=verb):
            defaults, own = limiter.limit_manager.resolve_limits(
                app, endpoint=rule.endpoint, blueprint=noun, callable_name=None
            )
            limits = [limit.limit for limit in (*defaults, *own)]
        assert bool(limits) != (noun in http.UNLIMITED), rule
        assert all(limit.amount >= 10 for limit in limits if limit.get_expiry() == 60), rule
