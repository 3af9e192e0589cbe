"""The chat: what is said, what is answered, what is offered."""

import pytest

from tests.harness.making import ask, refusal

MESSAGE = {
    "id", "workspace_id", "author_id", "role", "status", "attempt", "content", "model", "reply_to", "image_ids",
    "proposals", "error", "created_at", "finished_at",
}  # fmt: skip
PROPOSAL = {"id", "message_id", "prompt", "negative", "settings", "reason", "count", "status", "decided_by"}


@pytest.fixture
def say(ana, place, room):
    """Say something and wait for the finished reply."""

    def speak(content: str, **more) -> dict:
        reply = ana.post(f"/api/workspaces/{place}/messages", {"content": content, **more}, status=202)["reply"]
        return room.wait_for_event("message.updated", id=reply["id"], status="complete", patience=30)["message"]

    return speak


@pytest.fixture
def offer(say) -> dict:
    return say("propose a fox in the snow")["proposals"][0]


def test_saying_something_makes_an_empty_reply(ana, place):
    answer = ana.post(f"/api/workspaces/{place}/messages", {"content": "hello"}, status=202)
    message, reply = answer["message"], answer["reply"]
    assert set(answer) == {"message", "reply"} and set(message) == set(reply) == MESSAGE
    assert (message["role"], message["status"], message["author_id"]) == ("user", "complete", ana.user["id"])
    assert (reply["role"], reply["status"], reply["content"]) == ("assistant", "streaming", "")
    assert (reply["author_id"], reply["reply_to"], reply["attempt"]) == (None, message["id"], 1)


def test_a_reply_offers_proposals(say):
    reply = say("propose a fox in the snow")
    assert reply["content"] and reply["finished_at"]
    assert set(reply["proposals"][0]) == PROPOSAL
    assert (reply["proposals"][0]["status"], reply["proposals"][0]["decided_by"]) == ("open", None)


@pytest.mark.parametrize("status", ["used", "generated", "dismissed"])
def test_who_decided_on_a_proposal_is_kept_and_told(ana, room, offer, status):
    decided = ana.patch(f"/api/proposals/{offer['id']}", {"status": status}, status=200)["proposal"]
    assert (decided["status"], decided["decided_by"]) == (status, ana.user["id"])
    room.wait_for(lambda tab: tab.state.things["messages"][offer["message_id"]]["proposals"][0] == decided)
    undone = ana.patch(f"/api/proposals/{offer['id']}", {"status": "open"})["proposal"]
    assert (undone["status"], undone["decided_by"]) == ("open", None)


def test_a_generation_remembers_its_proposal(ana, place, offer):
    assert ask(ana, place, proposal_id=offer["id"])["generation"]["proposal_id"] == offer["id"]


def test_a_proposal_of_a_deleted_message_is_gone_with_it(ana, room, offer):
    ana.delete(f"/api/messages/{offer['message_id']}", status=204)
    room.wait_for_event("message.deleted", id=offer["message_id"])
    refused = refusal(ana, "PATCH", f"/api/proposals/{offer['id']}", json={"status": "used"})
    assert refused[:2] == (404, "not_found")
    kinds = [
        event["type"] for event in room.events if event["data"].get("message", {}).get("id") == offer["message_id"]
    ]
    assert room.events[-1]["type"] == "message.deleted" and kinds


def test_a_stopped_reply_stays_stopped(ana, place):
    reply = ana.post(f"/api/workspaces/{place}/messages", {"content": "tell me about harbours"})["reply"]
    stopped = ana.post(f"/api/messages/{reply['id']}/stop", status=200)["message"]
    assert stopped["status"] == "stopped" and stopped["finished_at"]
    assert ana.post(f"/api/messages/{reply['id']}/stop")["message"] == stopped


def test_a_reply_written_anew_is_another_attempt_without_the_old_words(ana, say):
    reply = say("hello")
    again = ana.post(f"/api/messages/{reply['id']}/retry", status=202)["message"]
    assert (again["status"], again["content"], again["attempt"]) == ("streaming", "", reply["attempt"] + 1)
    assert refusal(ana, "POST", f"/api/messages/{reply['id']}/retry", json={})[:2] == (409, "conflict")


def test_a_reply_whose_proposal_was_used_is_not_written_anew(ana, offer):
    ana.patch(f"/api/proposals/{offer['id']}", {"status": "used"})
    assert refusal(ana, "POST", f"/api/messages/{offer['message_id']}/retry", json={})[:2] == (409, "conflict")


def test_ones_own_words_cannot_be_written_anew(ana, place):
    message = ana.post(f"/api/workspaces/{place}/messages", {"content": "hello"})["message"]
    assert refusal(ana, "POST", f"/api/messages/{message['id']}/retry", json={})[:2] == (409, "conflict")


def test_a_message_shows_images_of_its_own_workspace_only(ana, place, picture, say):
    message = ana.post(f"/api/workspaces/{place}/messages", {"content": "this one", "image_ids": [picture["id"]]})[
        "message"
    ]
    assert message["image_ids"] == [picture["id"]]
    other = ana.workspace("Other")["id"]
    body = {"content": "that one", "image_ids": [picture["id"]]}
    assert refusal(ana, "POST", f"/api/workspaces/{other}/messages", json=body) == (422, "invalid", "image_ids")


def test_a_deleted_message_is_nowhere(ana, place, say):
    reply = say("hello")
    ana.delete(f"/api/messages/{reply['id']}")
    assert reply["id"] not in [item["id"] for item in ana.get(f"/api/workspaces/{place}/messages")["items"]]
    assert refusal(ana, "POST", f"/api/messages/{reply['id']}/stop", json={})[0] == 404
