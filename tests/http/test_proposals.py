"""Proposals: whoever asks for the pictures of one decides it, in the same step."""

import pytest

from tests.harness.making import ask, refusal


@pytest.fixture
def offer(ana, place, room):
    """A reply that is complete and made proposals."""
    reply = ana.post(f"/api/workspaces/{place}/messages", {"content": "a fox in winter"})["reply"]
    return room.wait_for_event("message.updated", id=reply["id"], status="complete", patience=30)["message"]


def test_generating_marks_the_proposal_in_the_same_step(ana, place, room, offer):
    first = offer["proposals"][0]
    made = ask(ana, place, first["prompt"], proposal_id=first["id"])["generation"]
    told = room.wait_for(lambda tab: next(after(tab.events, made["id"]), None))
    assert told["type"] == "message.updated"
    decided = told["data"]["message"]["proposals"]
    assert (decided[0]["status"], decided[0]["decided_by"]) == ("generated", made["author_id"])
    assert decided[1]["status"] == "open"


def test_a_refused_generate_leaves_the_proposal_open(ana, place, offer):
    first = offer["proposals"][0]
    body = {"workspace_id": place, "model": "sketch", "prompt": "a {fox|crow", "proposal_id": first["id"]}
    assert refusal(ana, "POST", "/api/generate", json=body)[0] == 422
    assert statuses(ana, place, offer)[0] == "open"


def test_generating_a_proposal_of_a_deleted_message_does_not_bring_it_back(ana, place, room, offer):
    ana.delete(f"/api/messages/{offer['id']}")
    first = offer["proposals"][0]
    made = ask(ana, place, first["prompt"], proposal_id=first["id"])["generation"]
    room.wait_for_event("generation.created", id=made["id"])
    assert offer["id"] not in {message["id"] for message in messages(ana, place)}
    assert offer["id"] not in room.state.things["messages"]


def after(events: list[dict], generation_id: str):
    """The events that follow the birth of a generation."""
    seen = False
    for event in events:
        if seen:
            yield event
        seen = seen or event["data"].get("generation", {}).get("id") == generation_id


def messages(client, place: str) -> list[dict]:
    return client.get(f"/api/workspaces/{place}/messages")["items"]


def statuses(client, place: str, message: dict) -> list[str]:
    (mine,) = [each for each in messages(client, place) if each["id"] == message["id"]]
    return [proposal["status"] for proposal in mine["proposals"]]
