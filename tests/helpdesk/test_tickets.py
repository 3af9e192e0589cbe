"""Tickets at their doors: who opens, sees and answers them, who hears of it, and what a person never sees."""

import io
import uuid

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.harness.client import Client
from tests.harness.making import ask, finished, make, refusal
from tests.harness.room import Room
from tests.helpdesk.conftest import HELPDESK

TICKET = {"id", "subject", "status", "author_id", "author", "email", "image_id", "trace", "created_at", "updated_at",
          "replies"}  # fmt: skip
REPLY = {"id", "ticket_id", "author_id", "author", "body", "internal", "picture_url", "created_at"}
NOTE = "he asked the same last week"


@pytest.fixture
def tab(pat):
    """A tab of Pat's."""
    room = Room(pat, pat.workspace()["id"]).enter()
    yield room
    room.leave()


@pytest.fixture
def staff_tab(sue):
    room = Room(sue, sue.workspace()["id"]).enter()
    yield room
    room.leave()


def open_ticket(client: Client, subject: str = "No picture comes", body: str = "It stays grey.", **more) -> dict:
    return client.post("/api/tickets", {"subject": subject, "body": body, **more}, status=201)["ticket"]


def answer(client: Client, ticket: dict, body: str, **more) -> dict:
    return client.post(f"/api/tickets/{ticket['id']}/replies", {"body": body, **more}, status=201)["reply"]


def seen(client: Client, ticket: dict) -> dict:
    return client.get(f"/api/tickets/{ticket['id']}")["ticket"]


def bodies(ticket: dict) -> list[str]:
    return [reply["body"] for reply in ticket["replies"]]


def test_a_ticket_begins_open_with_the_words_it_was_opened_with(pat):
    ticket = open_ticket(pat, "  No\n picture ", " It stays grey.\n")
    assert set(ticket) == TICKET and set(ticket["replies"][0]) == REPLY
    assert (ticket["subject"], ticket["status"], bodies(ticket)) == ("No picture", "open", ["It stays grey."])
    assert (ticket["author_id"], ticket["email"]) == (pat.user["id"], pat.user["email"])
    assert (ticket["image_id"], ticket["trace"]) == (None, None)
    assert seen(pat, ticket) == ticket


def test_the_staff_sets_waiting_and_the_person_open_again(sue, pat):
    ticket = open_ticket(pat)
    made = answer(sue, ticket, "Which model?")
    assert made["author"]["name"] == "Sue"
    assert seen(pat, ticket)["status"] == "waiting"
    answer(pat, ticket, "Sketch.")
    assert seen(sue, ticket)["status"] == "open"
    sue.patch(f"/api/tickets/{ticket['id']}", {"status": "solved"})
    assert seen(pat, ticket)["status"] == "solved"
    answer(pat, ticket, "It is back.")
    assert seen(pat, ticket)["status"] == "open"
    assert bodies(seen(pat, ticket)) == ["It stays grey.", "Which model?", "Sketch.", "It is back."]


def test_a_person_solves_and_opens_their_own_ticket_but_does_not_wait_for_themselves(pat):
    ticket = open_ticket(pat)
    for status in ("solved", "open"):
        changed = pat.patch(f"/api/tickets/{ticket['id']}", {"status": status})["ticket"]
        assert changed["status"] == status
    body = {"json": {"status": "waiting"}}
    assert refusal(pat, "PATCH", f"/api/tickets/{ticket['id']}", **body)[:2] == (403, "forbidden")


def test_nobody_but_its_author_and_the_staff_finds_a_ticket(sue, pat, resident, guest):
    ticket, other = open_ticket(pat), resident("Otto")
    path = f"/api/tickets/{ticket['id']}"
    doors = [("GET", path, {}), ("PATCH", path, {"json": {"status": "solved"}}),
             ("POST", f"{path}/replies", {"json": {"body": "hello"}})]  # fmt: skip
    for method, address, options in doors:
        assert refusal(other, method, address, **options)[:2] == (404, "not_found")
        assert refusal(guest, method, address, **options)[:2] == (401, "signed_out")
    assert other.get("/api/tickets")["items"] == []
    assert ticket["id"] in [item["id"] for item in sue.get("/api/tickets")["items"]]


def test_a_note_is_for_the_staff_alone(sue, pat, tab, staff_tab):
    ticket = open_ticket(pat)
    before = seen(pat, ticket)
    note = answer(sue, ticket, NOTE, internal=True)
    assert note["internal"] and bodies(seen(sue, ticket))[-1] == NOTE
    assert seen(pat, ticket) == before
    assert NOTE not in pat.raw("GET", "/api/tickets").text
    assert sue.get("/api/tickets")["items"][0]["replies"][0]["body"] == NOTE
    staff_tab.wait_for(lambda room: any(NOTE in bodies(said["ticket"]) for said in room.heard("ticket")))
    answer(sue, ticket, "Hello Pat")
    tab.wait_for(lambda room: any("Hello Pat" in bodies(said["ticket"]) for said in room.heard("ticket")))
    assert NOTE not in str(tab.whispers)
    note_of_mine = {"json": {"body": "psst", "internal": True}}
    path = f"/api/tickets/{ticket['id']}/replies"
    assert refusal(pat, "POST", path, **note_of_mine)[:2] == (403, "forbidden")


def test_both_sides_hear_at_once_what_the_other_does(sue, pat, tab, staff_tab):
    ticket = open_ticket(pat, "Live")
    staff_tab.wait_for(lambda room: [s for s in room.heard("ticket") if s["ticket"]["subject"] == "Live"])
    answer(sue, ticket, "Hello")
    said = tab.wait_for(lambda room: [s["ticket"] for s in room.heard("ticket") if s["ticket"]["status"] == "waiting"])
    assert said[0] == seen(pat, ticket)


def test_one_of_the_staff_takes_a_request_and_the_person_hears_nothing_of_it(sue, pat, tab, staff_tab):
    ticket = open_ticket(pat, "Whose?")
    path = f"/api/tickets/{ticket['id']}"
    taken = sue.patch(path, {"assignee_id": sue.user["id"]})["ticket"]
    assert (taken["assignee"]["name"], taken["status"], taken["updated_at"]) == ("Sue", "open", ticket["updated_at"])
    staff_tab.wait_for(lambda room: [s for s in room.heard("ticket") if s["ticket"]["assignee"]])
    assert ticket["id"] in [item["id"] for item in sue.get("/api/tickets", mine=1)["items"]]
    assert sue.patch(path, {"assignee_id": None})["ticket"]["assignee"] is None
    assert ticket["id"] not in [item["id"] for item in sue.get("/api/tickets", mine=1)["items"]]
    answer(sue, ticket, "Mine now")
    assert seen(sue, ticket)["assignee"]["id"] == sue.user["id"]
    tab.wait_for(lambda room: any("Mine now" in bodies(said["ticket"]) for said in room.heard("ticket")))
    assert set(seen(pat, ticket)) == TICKET and "assignee" not in str(tab.whispers)
    assert len(tab.heard("ticket")) == 2
    mine = {"json": {"assignee_id": pat.user["id"]}}
    assert refusal(pat, "PATCH", path, **mine)[:2] == (403, "forbidden")
    assert refusal(sue, "PATCH", path, **mine) == (422, "invalid", "assignee_id")


def test_a_visitor_gets_the_answer_by_mail(guest, sue, post):
    address = f"vi.{uuid.uuid4().hex[:8]}@example.com"
    ticket = open_ticket(guest, f"Prices, {address}", "What does it cost?", email=address.upper())
    assert (ticket["author_id"], ticket["email"]) == (None, address)
    received = post.wait_for(address, "We have your request")
    assert "cost" not in received.text and "Prices" not in received.text
    told = post.wait_for(HELPDESK, f"New request: Prices, {address}")
    assert address in told.text and "What does it cost?" in told.text
    answer(sue, ticket, "Nothing,\nhere. <b>Really</b>")
    letter = post.wait_for(address, "Answer to: Prices,")
    assert "Nothing,\nhere. <b>Really</b>" in letter.text.replace("\r\n", "\n") and "&lt;b&gt;" in letter.html
    assert refusal(guest, "POST", "/api/tickets", json={"subject": "x", "body": "y"}) == (422, "invalid", "email")


def test_the_helpdesk_and_the_person_are_written_to(pat, sue, post):
    ticket = open_ticket(pat, f"Letters {uuid.uuid4().hex[:6]}")
    post.wait_for(pat.user["email"], "We have your request")
    assert f"/help?ticket={ticket['id']}" == post.wait_for(HELPDESK, f"New request: {ticket['subject']}").link
    answer(sue, ticket, NOTE, internal=True)
    answer(sue, ticket, "Look again")
    letter = post.wait_for(pat.user["email"], f"Answer to: {ticket['subject']}")
    assert "Look again" in letter.text and NOTE not in letter.text
    answer(pat, ticket, "It works")
    assert "It works" in post.wait_for(HELPDESK, f"Reply to: {ticket['subject']}").text
    assert not [letter for letter in post.to(pat.user["email"]) if NOTE in letter.text]


def drawn(words: str = "") -> bytes:
    """A small PNG whose file says something besides."""
    said, file = PngInfo(), io.BytesIO()
    said.add_text("Comment", words)
    Image.new("RGB", (40, 30), "red").save(file, "PNG", pnginfo=said)
    return file.getvalue()


def show(client: Client, ticket: dict, data: bytes, **fields):
    return client.raw("POST", f"/api/tickets/{ticket['id']}/pictures", files={"file": ("a.png", data)}, data=fields)


def test_a_picture_goes_with_a_reply_without_what_its_file_said(sue, pat, resident, guest, post):
    ticket = open_ticket(pat, "Like this")
    made = show(pat, ticket, drawn("taken at home"), body="It looks so.").json()["reply"]
    kept = sue.raw("GET", made["picture_url"])
    assert (kept.headers["Content-Type"], Image.open(io.BytesIO(kept.content)).size) == ("image/webp", (40, 30))
    assert b"home" not in kept.content and seen(sue, ticket)["status"] == "open"
    assert resident("Otto").raw("GET", made["picture_url"]).status_code == 404
    note = show(sue, ticket, drawn(), body="See?", internal="true").json()["reply"]
    assert note["internal"] and sue.raw("GET", note["picture_url"]).status_code == 200
    assert pat.raw("GET", note["picture_url"]).status_code == 404
    for data in (b"no picture", b""):
        refused = show(pat, ticket, data, body="x")
        assert (refused.status_code, refused.json()["error"]["field"]) == (422, "file")
    visitors = open_ticket(guest, "Prices", email=f"{uuid.uuid4().hex}@example.com")
    assert show(sue, visitors, drawn(), body="So").json()["error"]["code"] == "conflict"
    letter = post.wait_for(HELPDESK, "Reply to: Like this")
    assert "It looks so." in letter.text and "A picture goes with this" in letter.text
    assert show(pat, ticket, drawn(), body=" ").json()["error"]["field"] == "body"
    assert show(pat, ticket, b"x" * (11 * 1024**2), body="x").status_code == 413


def test_a_reported_picture_brings_its_trace(pat, tab, sue):
    image = make(pat, tab, "a secret fox")[0]
    trace = open_ticket(pat, image_id=image["id"])["trace"]
    assert (trace["status"], trace["model"], trace["connection"]) == ("ready", image["model"], image["connection"])
    assert trace["attempts"] == 1 and trace["error"] is None
    assert trace["timings"]["took_s"] >= 0 and trace["timings"]["created_at"] == image["created_at"]
    assert "secret fox" not in str(trace)


def test_the_trace_is_what_stood_there_when_the_ticket_was_opened(pat, tab):
    image = ask(pat, tab.workspace_id, "a fox that fails: timeout")["images"][0]
    pat.post(f"/api/images/{image['id']}/cancel")
    finished(tab, image["id"], "cancelled")
    ticket = open_ticket(pat, image_id=image["id"])
    assert ticket["trace"]["status"] == "cancelled"
    pat.post(f"/api/images/{image['id']}/retry")
    finished(tab, image["id"])
    assert seen(pat, ticket)["trace"] == ticket["trace"]


def test_a_picture_of_others_cannot_be_reported(pat, tab, resident, guest):
    image = make(pat, tab)[0]
    body = {"subject": "x", "body": "y", "image_id": image["id"]}
    assert refusal(resident("Olga"), "POST", "/api/tickets", json=body) == (422, "invalid", "image_id")
    visitor = {**body, "email": f"{uuid.uuid4().hex}@example.com"}
    assert refusal(guest, "POST", "/api/tickets", json=visitor) == (422, "invalid", "image_id")


def test_a_repeated_opening_and_a_repeated_reply_are_one(pat, resident, guest):
    body = {"id": str(uuid.uuid4()), "subject": "Once", "body": "Only once"}
    first = pat.post("/api/tickets", body, status=201)
    assert pat.post("/api/tickets", body, status=200) == first
    other = resident("Ove")
    assert refusal(other, "POST", "/api/tickets", json=body) == (409, "id_taken", "id")
    visitor = {**body, "email": f"{uuid.uuid4().hex}@example.com"}
    assert refusal(guest, "POST", "/api/tickets", json=visitor) == (409, "id_taken", "id")
    words = {"id": str(uuid.uuid4()), "body": "And again"}
    path = f"/api/tickets/{body['id']}/replies"
    assert pat.post(path, words, status=201) == pat.post(path, words, status=200)
    assert bodies(seen(pat, body)) == ["Only once", "And again"]


def test_the_list_is_paged_filtered_and_brief(pat, sue):
    tickets = [open_ticket(pat, f"Number {number}") for number in range(3)]
    answer(pat, tickets[0], "newest words")
    first = pat.get("/api/tickets", limit=2)
    rest = pat.get("/api/tickets", limit=2, before=first["next"])
    assert [item["subject"] for item in first["items"] + rest["items"]] == ["Number 0", "Number 2", "Number 1"]
    assert bodies(first["items"][0]) == ["newest words"] and rest["next"] is None
    sue.patch(f"/api/tickets/{tickets[1]['id']}", {"status": "solved"})
    assert [item["id"] for item in pat.raw("GET", "/api/tickets?status=solved").json()["items"]] == [tickets[1]["id"]]
    assert refusal(pat, "GET", "/api/tickets?status=lost") == (422, "invalid", "status")


@pytest.mark.parametrize(
    "body, field",
    [({"subject": "", "body": "x"}, "subject"), ({"subject": "x" * 161, "body": "x"}, "subject"),
     ({"subject": "x", "body": " "}, "body"), ({"subject": "x", "body": "x" * 8001}, "body"),
     ({"subject": "x", "body": "x", "email": "no address"}, "email"), ({"subject": "x", "body": "\0"}, "body"),
     ({"subject": "x", "body": "x", "image_id": "7F3A"}, "image_id"), ({"subject": "x", "body": "x", "to": "y"}, "to")],
)  # fmt: skip
def test_a_ticket_is_bounded(resident, body, field):
    assert refusal(resident("Bo"), "POST", "/api/tickets", json=body) == (422, "invalid", field)


def test_whoever_opens_too_many_is_told_when_to_come_back(guest, resident):
    address = f"{uuid.uuid4().hex}@example.com"
    for number in range(4):
        open_ticket(guest, f"{number}", email=address)
    late = guest.raw("POST", "/api/tickets", json={"subject": "5", "body": "x", "email": address})
    assert late.status_code == 429 and int(late.headers["Retry-After"]) > 30
    keen = resident("Kim")
    answers = [keen.raw("POST", "/api/tickets", json={"subject": "x", "body": "x"}).status_code for _ in range(11)]
    assert answers == [201] * 10 + [429]


def test_canned_replies_are_for_superusers_and_not_there_for_others(sue, pat, guest):
    made = sue.post("/api/canned-replies", {"title": "Reload", "body": "Reload the page."}, status=201)["canned_reply"]
    path = f"/api/canned-replies/{made['id']}"
    assert sue.patch(path, {"body": "Please reload."})["canned_reply"]["body"] == "Please reload."
    assert [item["title"] for item in sue.get("/api/canned-replies")["items"]] == ["Reload"]
    doors = [("GET", "/api/canned-replies", {}), ("POST", "/api/canned-replies", {"title": "a", "body": "b"}),
             ("PATCH", path, {"body": "b"}), ("DELETE", path, {})]  # fmt: skip
    for method, address, body in doors:
        assert refusal(pat, method, address, json=body)[:2] == (404, "not_found")
        assert refusal(guest, method, address, json=body)[:2] == (401, "signed_out")
    sue.delete(path, status=204)
    assert sue.get("/api/canned-replies")["items"] == []


def test_ones_tickets_come_with_ones_data_without_the_notes(sue, pat):
    ticket = open_ticket(pat, "In my data")
    answer(sue, ticket, NOTE, internal=True)
    answer(sue, ticket, "Here you are")
    export = pat.raw("GET", "/api/account/export")
    assert [bodies(item) for item in export.json()["tickets"]] == [["It stays grey.", "Here you are"]]
    assert NOTE not in export.text
