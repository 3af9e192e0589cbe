"""Whatever a client sends: plain words, the field, and never a failure of ours."""

import pytest

from tests.harness.making import refusal
from tests.http.policies import ROUTES

TAKES_JSON = sorted(
    {
        door.split("/<")[0].replace("/api", "", 1): door for door, (_, body) in ROUTES.items() if body is not None
    }.values()
)
BROKEN = {
    "nothing but a brace": b"{",
    "words": b"hello",
    "NaN": b'{"name": NaN}',
    "an infinite number": b'{"name": "x", "theme_id": 1e999}',
    "a key twice": b'{"name": "a", "name": "b"}',
    "a key twice, deeper": b'{"name": {"a": 1, "a": 2}}',
    "bytes that are no UTF-8": b'{"name": "\xff\xfe"}',
    "half a surrogate pair": b'{"name": "\\ud83d"}',
    "deep nesting": b'{"name": ' + b"[" * 50 + b"]" * 50 + b"}",
    "very deep nesting": b"[" * 100_000,
    "a number of 5,000 digits": b'{"name": ' + b"9" * 25_000 + b"}",
}
WRONG = [
    ("/api/workspaces", {}, "name"),
    ("/api/workspaces", {"name": ""}, "name"),
    ("/api/workspaces", {"name": "   "}, "name"),
    ("/api/workspaces", {"name": "x" * 81}, "name"),
    ("/api/workspaces", {"name": 5}, "name"),
    ("/api/workspaces", {"name": None}, "name"),
    ("/api/workspaces", {"name": "a\x00b"}, "name"),
    ("/api/workspaces", {"name": "x", "colour": "red"}, "colour"),
    ("/api/workspaces", {"name": "x", "id": "not-a-uuid"}, "id"),
    ("/api/workspaces", {"name": "x", "theme_id": "00000000-0000-7000-8000-000000000000"}, "theme_id"),
    ("/api/themes", {"name": "x", "base_prompt": "x" * 8001}, "base_prompt"),
    ("{place}/styles", {"name": "x", "steps": 1.5}, "steps"),
    ("{place}/styles", {"name": "x", "steps": "20"}, "steps"),
    ("{place}/styles", {"name": "x", "steps": True}, "steps"),
    ("{place}/styles", {"name": "x", "cfg_scale": "7"}, "cfg_scale"),
    ("{place}/styles", {"name": "x", "seed": -1}, "seed"),
    ("{place}/styles", {"name": "x", "seed": 2**32}, "seed"),
    ("{place}/styles", {"name": "x", "width": 100_000}, "width"),
    ("{place}/invites", {"role": "owner"}, "role"),
    ("{place}/invites", {"role": "viewer", "max_uses": 0}, "max_uses"),
    ("{place}/invites", {"role": "viewer", "expires_at": "tomorrow"}, "expires_at"),
    ("{place}/invites", {"role": "viewer", "expires_at": "9999-12-31T23:59:59-23:59"}, "expires_at"),
    ("{place}/messages", {"content": ""}, "content"),
    ("{place}/messages", {"content": " \n "}, "content"),
    ("{place}/messages", {"content": "x" * 8001}, "content"),
    ("{place}/messages", {"content": "hi", "model": "no-such-model"}, "model"),
    ("{place}/messages", {"content": "hi", "image_ids": ["00000000-0000-7000-8000-000000000000"]}, "image_ids"),
    ("{place}/messages", {"content": "hi", "image_ids": "abc"}, "image_ids"),
    ("/api/prompt/expand", {"prompt": "x", "limit": 0}, "limit"),
    ("/api/prompt/expand", {"prompt": "x", "limit": 201}, "limit"),
    ("/api/auth/register", {"email": "no address", "password": "long enough", "name": "x"}, "email"),
    ("/api/auth/register", {"email": "a@example.com", "password": "short", "name": "x"}, "password"),
    ("/api/auth/register", {"email": "a@example.com", "password": "long enough", "name": " "}, "name"),
]


@pytest.fixture(scope="module", autouse=True)
def before(product) -> int:
    """How much the product had printed before this file."""
    return len(product.log())


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_not_strict_json_is_refused(ana, what):
    assert refusal(ana, "POST", "/api/workspaces", content=BROKEN[what])[:2] == (400, "bad_request")


@pytest.mark.parametrize("path, body, field", WRONG)
def test_a_wrong_field_is_named(ana, place, path, body, field):
    path = path.replace("{place}", f"/api/workspaces/{place}")
    assert refusal(ana, "POST", path, json=body) == (422, "invalid", field)


@pytest.mark.parametrize(
    "path, body, words",
    [
        ("/api/generate", {"batch_size": 0}, "Batch size: must be at least 1."),
        ("/api/generate", {"seed": 2**32}, "Seed: must be at most 4,294,967,295."),
        ("/api/generate", {"width": 64.5}, "Width: must be a whole number."),
        ("/api/generate", {"cfg_scale": "7"}, "Cfg scale: must be a number."),
        ("/api/generate", {"style_ids": ["x"]}, "Style ids: is not a UUID."),
        ("/api/generate", {"style_ids": "x"}, "Style ids: must be a list."),
        ("/api/workspaces", {"name": 5}, "Name: must be text."),
        ("{place}/invites", {"role": "owner"}, "Role: must be 'editor' or 'viewer'."),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(ana, place, path, body, words):
    if path == "/api/generate":
        body = {"workspace_id": place, "model": "sketch", "prompt": "a fox", **body}
    path = path.replace("{place}", f"/api/workspaces/{place}")
    assert ana.raw("POST", path, json=body).json()["error"]["message"] == words


@pytest.mark.parametrize("prompt", ["", "  \n", "{|}"])
def test_a_prompt_of_nothing_is_refused_in_its_place(ana, place, prompt):
    body = {"workspace_id": place, "model": "sketch", "prompt": prompt}
    assert refusal(ana, "POST", "/api/generate", json=body) == (422, "invalid", "prompt")


@pytest.mark.parametrize("body", [b"[]", b"null", b'"x"', b"7"])
def test_a_body_that_is_no_object_is_refused(ana, body):
    assert refusal(ana, "POST", "/api/workspaces", content=body) == (422, "invalid", None)


def test_more_than_256_kb_is_too_much_however_it_is_sent(ana):
    large = b'{"name": "' + b"x" * 256 * 1024 + b'"}'
    assert refusal(ana, "POST", "/api/workspaces", content=large)[:2] == (413, "too_large")
    assert refusal(ana, "POST", "/api/workspaces", content=iter([large]))[:2] == (413, "too_large")


def test_a_body_in_chunks_is_read_like_any_other(ana):
    answer = ana.raw("POST", "/api/workspaces", content=iter([b'{"name": ', b'"In parts"}']))
    assert answer.json()["workspace"]["name"] == "In parts"


@pytest.mark.parametrize("door", TAKES_JSON)
def test_every_door_with_a_body_survives_rubbish(ana, place, door):
    method, path = door.split(" ")
    for name in (
        "workspace",
        "style",
        "image",
        "message",
        "generation",
        "proposal",
        "invite",
        "theme",
        "user_id",
        "token",
    ):
        path = path.replace(f"<{name}>", place)
    for rubbish in (b"\x00\xff", b"{" * 2000, b'{"a":' * 500, b"[]", b'{"x": 1e999}', b'{"": {"": ""}}'):
        answer = ana.raw(method, path, content=rubbish)
        assert 400 <= answer.status_code < 500, (rubbish[:9], answer.text)
        assert answer.json()["error"]["message"]


@pytest.mark.parametrize("id", ["x", "0", "%00", "..%2f..", "00000000-0000-7000-8000-000000000000", "😀", "a" * 3000])
def test_an_id_of_nothing_is_not_found(ana, id):
    for path in (f"/api/workspaces/{id}", f"/media/{id}/original", f"/api/workspaces/{id}/images"):
        assert refusal(ana, "GET", path)[0] == 404, path
    assert refusal(ana, "POST", f"/api/invites/{id}/accept", json={})[0] == 404


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=201", "limit=many", "limit=-1", "before=nonsense", "before=AAAA", "since=yesterday", "by=me",
     "since=0001-01-01T00:00:00%2B14:00", "until=9999-12-31T23:59:59-14:00", "style=x", "generation=x",
     "q=%00", "tag=a%00", "model=%00", "status=%00",
     "before=MDAwMS0wMS0wMVQwMDowMDowMCsxNDowMHwwMDAwMDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDA"],
)  # fmt: skip
def test_a_wrong_query_is_refused_with_its_name(ana, place, query):
    path = f"/api/workspaces/{place}/images?{query}"
    assert refusal(ana, "GET", path) == (422, "invalid", query.split("=")[0])


@pytest.mark.parametrize("since", ["", "x", "-1", "1.5", "9" * 30])
def test_events_are_counted_by_whole_numbers(ana, place, since):
    assert refusal(ana, "GET", f"/api/workspaces/{place}/events?since={since}") == (422, "invalid", "since")


def test_a_draft_may_hold_any_settings_but_no_infinity_and_no_abyss(ana, place):
    path = f"/api/workspaces/{place}/draft"
    ana.put(path, {"text": "a fox 🦊", "settings": {"steps": 20, "styles": ["a"]}})
    assert refusal(ana, "PUT", path, content=b'{"settings": {"steps": 1e999}}')[0] == 400
    assert refusal(ana, "PUT", path, content=b'{"settings": {"a": "\\udfff"}}')[0] == 400
    assert refusal(ana, "PUT", path, json={"text": "x" * 8001}) == (422, "invalid", "text")
    assert refusal(ana, "PUT", path, json={"settings": []}) == (422, "invalid", "settings")


def test_a_method_that_a_door_does_not_know_is_said_plainly(ana):
    assert refusal(ana, "DELETE", "/api/models")[:2] == (405, "method_not_allowed")
    assert refusal(ana, "GET", "/api/nothing")[:2] == (404, "not_found")


def test_nothing_of_this_left_a_traceback(product, before):
    assert product.health()["status"] == "ok"
    assert "Traceback" not in product.log()[before:]
