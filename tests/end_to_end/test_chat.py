"""The chat against a server that speaks OpenAI's wire: words in all tabs, proposals as cards, trouble said plainly."""

import pytest

from tests.contract import contract_server
from tests.harness.client import newcomers
from tests.harness.room import Room

PROMPT = "a {red|blue} fox in snow, low winter sun, rim light"


@pytest.fixture
def talker(openai_studio):
    openai_studio.talker.reset()
    return openai_studio.talker


@pytest.fixture
def rooms(openai_studio, talker, sit_down, enter) -> list[Room]:
    mine = sit_down(openai_studio)
    return [mine, enter(mine.client, mine.workspace_id)]


def say(room: Room, content: str) -> dict:
    """The empty reply to what was said."""
    return room.client.post(f"/api/workspaces/{room.workspace_id}/messages", {"content": content}, status=202)["reply"]


def finished(room: Room, reply: dict, status: str, patience: float = 30.0) -> dict:
    return room.wait_for_event("message.updated", id=reply["id"], status=status, patience=patience)["message"]


def written(room: Room, reply: dict) -> str:
    """The reply as its deltas came; each must go on where the one before ended."""
    text = ""
    for delta in room.heard("message.delta"):
        if (delta["message_id"], delta["attempt"]) == (reply["id"], reply["attempt"]):
            assert delta["offset"] == len(text), "a hole in the reply"
            text += delta["text"]
    return text


def begun(room: Room, reply: dict) -> None:
    room.wait_for(lambda room: any(said["message_id"] == reply["id"] for said in room.heard("message.delta")))


def test_words_stream_in_every_tab_and_proposals_come_as_cards(rooms, talker):
    talker.script(rate=60)
    reply = say(rooms[0], "a fox in winter light")
    for room in rooms:
        done = finished(room, reply, "complete")
        assert written(room, done).strip() == done["content"] and "```" not in done["content"]
        assert len({delta["offset"] for delta in room.heard("message.delta")}) > 1, "it came in one piece"
        (card,) = done["proposals"]
        assert (card["prompt"], card["status"], card["message_id"]) == (PROMPT, "open", reply["id"])
        assert card["count"] == 6


def test_who_used_a_card_is_seen_in_every_tab(rooms):
    (card,) = finished(rooms[0], say(rooms[0], "a fox"), "complete")["proposals"]
    rooms[0].client.patch(f"/api/proposals/{card['id']}", {"status": "used"})
    for room in rooms:
        told = room.wait_for(lambda room: [card for card in cards(room) if card["status"] == "used"])
        assert told[0]["decided_by"] == rooms[0].client.user["id"]


def cards(room: Room) -> list[dict]:
    return [card for message in room.state.things["messages"].values() for card in message["proposals"]]


def test_the_model_hears_the_conversation_and_what_it_costs(rooms, talker):
    finished(rooms[0], say(rooms[0], "a fox in winter light"), "complete")
    finished(rooms[0], say(rooms[0], "and now an owl"), "complete")
    heard = [body for body in talker.bodies() if "messages" in body][-1]["messages"]
    assert heard[0]["role"] == "system" and heard[-1]["role"] == "user"
    said = " ".join(str(turn["content"]) for turn in heard[1:])
    assert said.index("winter light") < said.index("low winter sun") < said.index("an owl")


def test_a_stopped_reply_keeps_its_words_and_the_server_stops_too(openai_studio, rooms, talker):
    talker.script(tokens=2000, rate=20)
    reply = say(rooms[0], "a fox")
    begun(rooms[0], reply)
    rooms[0].client.post(f"/api/messages/{reply['id']}/stop")
    for room in rooms:
        assert finished(room, reply, "stopped")["content"].startswith("word0")
    openai_studio.product.wait_until(lambda: talker.seen()["hung_up"], 10, "the model went on talking to nobody")


def test_a_server_that_ignores_streaming_is_heard_all_the_same(rooms, talker):
    talker.script(mode="plain")
    done = finished(rooms[0], say(rooms[0], "a fox"), "complete")
    assert done["proposals"][0]["prompt"] == PROMPT


@pytest.mark.parametrize("mode", ["error", "drop", "garbage"])
def test_trouble_in_mid_reply_keeps_the_words_and_can_be_tried_again(rooms, talker, mode):
    talker.script(mode=mode, tokens=20, after=5, rate=50)
    reply = say(rooms[0], "a fox")
    for room in rooms:
        failed = finished(room, reply, "failed")
        assert failed["content"].startswith("word0") and failed["error"]["kind"] in ("busy", "transport", "bad_reply")
        assert "10.0.0.7" not in failed["error"]["message"]
    talker.reset()
    rooms[0].client.post(f"/api/messages/{reply['id']}/retry", status=202)
    for room in rooms:
        done = finished(room, reply, "complete")
        assert done["attempt"] > failed["attempt"] and done["error"] is None
        assert written(room, done).strip() == done["content"]


def test_a_server_that_refuses_is_said_plainly(rooms, talker):
    talker.script(mode="status", status=401, body={"error": {"message": "Incorrect API key provided: sk-secret"}})
    failed = finished(rooms[0], say(rooms[0], "a fox"), "failed")
    assert failed["error"]["kind"] == "auth" and "secret" not in failed["error"]["message"]


def test_a_server_that_fails_is_asked_three_times(rooms, talker):
    talker.script(mode="status", status=503, body={})
    failed = finished(rooms[0], say(rooms[0], "a fox"), "failed")
    assert failed["error"]["kind"] == "busy" and len([body for body in talker.bodies() if "messages" in body]) == 3


def test_whoever_asks_once_need_not_wait_for_all_that_another_asked(start_product, enter):
    with contract_server("chat") as talker:
        talker.script(tokens=30, rate=15)
        chat = {"CHAT_API_KIND": "openai", "CHAT_API_URL": talker.url, "CHAT_API_MODELS": "script-large"}
        product = start_product(CHAT_SLOTS="2", **chat)
        with newcomers(product.base_url) as make:
            keen, calm = (enter(person, person.workspace()["id"]) for person in (make("Kim"), make("Cal")))
            for _ in range(6):
                ask_the_model(keen)
            keen.wait_for(lambda room: len(answering(room)) == 2)
            ask_the_model(calm)
            calm.wait_for(answering, 30)
            assert len(answering(keen)) <= 3


def ask_the_model(room) -> None:
    room.client.post(f"/api/workspaces/{room.workspace_id}/messages", {"content": "go on"}, status=202)


def answering(room) -> set[str]:
    """The replies of which words have come."""
    return {delta["message_id"] for delta in room.heard("message.delta")}
