"""Replies from a server that speaks OpenAI's chat wire, well and badly."""

import json
import time

import pytest

from server.errors import ProviderError
from server.providers.chat import open_provider
from server.providers.chat.call import Patience
from server.providers.chat.chunks import Chunks
from server.providers.chat.compatible import MAX_TEXT, Compatible
from server.providers.chat.talk import ChatJob, Turn
from server.providers.chat.thoughts import Unthought
from server.providers.connection import Connection
from tests.contract import Server
from tests.contract.chat import REPLY

KINDS = ["openai", "mistral", "ollama", "llamacpp", "openrouter"]


def job(*turns: Turn) -> ChatJob:
    return ChatJob("task", "script-large", turns or (Turn("user", "a fox"),))


def provider(server: Server, kind: str = "openai", key: str = "secret-key-1", **patience: float) -> Compatible:
    return Compatible(Connection("c", kind, server.url, key), Patience(**patience))


def reply(server: Server, kind: str = "openai", **patience: float) -> str:
    return "".join(provider(server, kind, **patience).reply(job()))


def failure(server: Server, kind: str = "openai", **patience: float) -> tuple[str, ProviderError]:
    """What came before the error, and the error."""
    text = ""
    with pytest.raises(ProviderError) as caught:
        for delta in provider(server, kind, **patience).reply(job()):
            text += delta
    return text, caught.value


def seen_hung_up(server: Server) -> bool:
    """Whether the server notices within three seconds that we are gone."""
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline:
        if server.seen()["hung_up"]:
            return True
    return False


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_server_is_read(server: Server, kind: str):
    server.script(dialect=kind if kind != "openrouter" else "openai")
    assert reply(server, kind) == REPLY


@pytest.mark.parametrize("mode", ["crlf", "rude", "no_done", "no_finish", "plain"])
def test_a_rude_server_is_read_all_the_same(server: Server, mode: str):
    server.script(mode=mode)
    assert reply(server) == REPLY


@pytest.mark.parametrize("mode", ["well", "crlf", "plain"])
@pytest.mark.parametrize("split", [1, 2, 7])
def test_text_cut_anywhere_between_reads_stays_whole(server: Server, mode: str, split: int):
    server.script(mode=mode, split=split, text="Füchse im Schnee 🦊, \u2028 雪の中 “so”")
    assert reply(server) == "Füchse im Schnee 🦊, \u2028 雪の中 “so”"


def test_mistral_is_sent_no_field_it_does_not_know(server: Server):
    server.script(dialect="mistral")
    assert reply(server, "mistral") == REPLY
    assert set(server.bodies()[0]) == {"model", "messages", "stream", "max_tokens"}


def test_openai_is_sent_its_own_name_for_the_bound(server: Server):
    reply(server, "openai")
    assert server.bodies()[0]["max_completion_tokens"] == 2000
    assert "max_tokens" not in server.bodies()[0]


@pytest.mark.parametrize("kind,refused,other", [
    ("openai", "max_completion_tokens", "max_tokens"), ("ollama", "max_tokens", "max_completion_tokens")])
def test_a_refused_name_for_the_bound_is_replaced_and_remembered(server: Server, kind: str, refused: str, other: str):
    server.script(refuse=refused)
    asked = provider(server, kind)
    assert "".join(asked.reply(job())) == REPLY
    assert "".join(asked.reply(job())) == REPLY
    assert [other in body for body in server.bodies()] == [False, True, True]


def test_the_key_is_sent_and_shown_to_nobody(server: Server):
    server.script(mode="status", status=400, body={"error": {"message": "bad key secret-key-1 at http://10.0.0.7/x"}})
    _, error = failure(server)
    assert server.ask("/_seen")["keys"] == ["Bearer secret-key-1"]
    assert "secret" not in error.message and "10.0.0.7" not in error.message
    assert "secret" not in repr(Connection("c", "openai", key="secret-key-1"))


def test_pictures_travel_inside_the_message(server: Server):
    picture = b"\x89PNG\r\n\x1a\n rest"
    list(provider(server).reply(job(Turn("user", "what is this", (picture,)))))
    text, image = server.bodies()[0]["messages"][0]["content"]
    assert text == {"type": "text", "text": "what is this"}
    assert image["image_url"]["url"].startswith("data:image/png;base64,iVBOR")


def test_neighbouring_turns_of_one_role_become_one_and_say_who_speaks(server: Server):
    turns = (Turn("system", "rules"), Turn("user", "a fox", name="Ana"), Turn("user", "in snow", name="Ben"),
             Turn("assistant", ""), Turn("user", "darker", name="Ana"))
    list(provider(server).reply(job(*turns)))
    assert server.bodies()[0]["messages"] == [
        {"role": "system", "content": "rules"},
        {"role": "user", "content": "Ana: a fox\n\nBen: in snow\n\nAna: darker"},
    ]


def test_the_first_word_arrives_before_the_second_is_sent(server: Server):
    server.script(tokens=2, rate=1.0, stamp=True)
    words = (word for word in provider(server).reply(job()) if word)
    sent = float(next(words).strip(" []"))
    assert time.monotonic() - sent < 0.5
    words.close()


def test_silence_is_told_every_quarter_of_a_second(server: Server):
    server.script(mode="hang", after=1)
    arrivals = []
    stream = provider(server).reply(job())
    for delta in stream:
        arrivals.append((time.monotonic(), delta))
        if [text for _, text in arrivals[-4:]] == [""] * 4 and "A" in [text for _, text in arrivals]:
            break
    stream.close()
    gaps = [later - earlier for (earlier, _), (later, _) in zip(arrivals, arrivals[1:], strict=False)]
    assert max(gaps) < 0.6


@pytest.mark.parametrize("mode", ["hang", "hang_head", "comments", "endless"])
def test_closing_the_reply_hangs_up(server: Server, mode: str):
    server.script(mode=mode)
    stream = provider(server).reply(job())
    for _ in range(3):
        next(stream)
    began = time.monotonic()
    stream.close()
    assert time.monotonic() - began < 0.5
    assert seen_hung_up(server)


def test_a_finished_reply_is_not_waited_for(server: Server):
    server.script(mode="well")
    began = time.monotonic()
    reply(server)
    assert time.monotonic() - began < 2


def test_an_endless_reply_is_cut(server: Server):
    server.script(mode="endless")
    assert len(reply(server)) == MAX_TEXT
    assert seen_hung_up(server)


@pytest.mark.parametrize("kind", ["openai", "ollama"])
def test_an_error_in_mid_stream_keeps_what_came_and_is_told(server: Server, kind: str):
    server.script(mode="error", dialect=kind)
    text, error = failure(server, kind)
    assert text == "A low"
    assert (error.kind, error.permanent) == ("busy", False)
    assert "http" not in error.message


def test_a_status_inside_a_stream_counts_as_that_status(server: Server):
    server.script(mode="error", body={"code": 429, "message": "slow down"})
    assert failure(server)[1].kind == "rate_limited"


@pytest.mark.parametrize("mode", ["drop", "no_finish_closed"])
def test_a_connection_that_breaks_is_a_transport_error(server: Server, mode: str):
    server.script(mode=mode)
    text, error = failure(server)
    assert text.startswith("A low")
    assert (error.kind, error.permanent) == ("transport", False)


@pytest.mark.parametrize("mode", ["garbage", "page"])
def test_what_is_no_chat_answer_is_a_bad_reply(server: Server, mode: str):
    server.script(mode=mode)
    assert failure(server)[1].kind == "bad_reply"


def test_a_filtered_answer_is_moderated(server: Server):
    server.script(mode="filtered")
    assert failure(server)[1].kind == "moderated"


@pytest.mark.parametrize("mode", ["hang", "hang_head"])
def test_a_silent_server_times_out(server: Server, mode: str):
    server.script(mode=mode)
    assert failure(server, silence=0.4)[1].kind == "timeout"


def test_comments_do_not_prolong_an_answer_for_ever(server: Server):
    server.script(mode="comments")
    assert failure(server, total=0.6)[1].kind == "timeout"


@pytest.mark.parametrize("status,body,kind,permanent", [
    (401, {"error": {"message": "no"}}, "auth", True),
    (403, {}, "auth", True),
    (402, {}, "quota", True),
    (404, {"error": {"message": "model not found"}}, "model_not_found", True),
    (400, {"error": {"message": "Invalid model: x", "code": "invalid_model"}}, "model_not_found", True),
    (400, {"error": {"message": "context too long"}}, "invalid_parameter", True),
    (422, {"detail": [{"type": "extra_forbidden"}]}, "invalid_parameter", True),
    (429, {"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}, "quota", True),
    (500, "oops", "busy", False),
    (503, {"error": {"message": "Loading model"}}, "busy", False),
    (504, {}, "timeout", False),
    (302, {}, "bad_reply", True),
])
def test_refusals_are_told_in_our_words(server: Server, status: int, body: object, kind: str, permanent: bool):
    server.script(mode="status", status=status, body=body, headers=[("location", "http://127.0.0.1:1/")])
    _, error = failure(server)
    assert (error.kind, error.permanent) == (kind, permanent)
    assert server.seen()["requests"] == 1


@pytest.mark.parametrize("written,seconds", [("7", 7), ("0.5", 0.5), ("99999", 3600), ("soon", None), ("nan", None)])
def test_a_busy_server_says_when_to_come_back(server: Server, written: str, seconds: float | None):
    server.script(mode="status", status=429, headers=[("retry-after", written)])
    assert failure(server)[1].retry_after == seconds


def test_a_server_that_is_not_there_cannot_be_reached():
    nowhere = Compatible(Connection("c", "openai", "http://127.0.0.1:9"))
    with pytest.raises(ProviderError, match="cannot be reached"):
        list(nowhere.reply(job()))


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/v1", "http://127.0.0.1:door", "http://"])
def test_an_address_that_is_none_is_refused_for_good(url: str):
    with pytest.raises(ProviderError) as caught:
        list(Compatible(Connection("c", "openai", url)).reply(job()))
    assert caught.value.permanent


def test_models_that_cannot_chat_are_not_listed(server: Server):
    models = provider(server).models()
    assert [model.id for model in models] == ["script-large", "script-small"]
    assert {model.kind for model in models} == {"chat"}


def test_mistral_says_what_its_models_can_do(server: Server):
    rows = [{"id": "seer", "capabilities": {"completion_chat": True, "vision": True}},
            {"id": "ear", "capabilities": {"completion_chat": False}}, {"id": 7}, "x"]
    server.script(body={"data": rows})
    assert [(model.id, model.capabilities.vision) for model in provider(server, "mistral").models()] == [("seer", True)]


def test_models_named_by_the_connection_are_not_asked_for(server: Server):
    named = Compatible(Connection("c", "mistral", server.url, models=("codestral-latest",)))
    assert [model.id for model in named.models()] == ["codestral-latest"]
    assert server.seen()["requests"] == 0


def test_an_unreadable_list_of_models_is_a_bad_reply(server: Server):
    server.script(mode="status", status=200, body="<html>")
    with pytest.raises(ProviderError, match="cannot be read"):
        provider(server).models()


@pytest.mark.parametrize("tail", ["", "/", "/v1", "/v1/", "/v1/chat/completions"])
def test_the_address_may_be_written_in_any_usual_way(server: Server, tail: str):
    written = Compatible(Connection("c", "llamacpp", server.url + tail))
    assert "".join(written.reply(job())) == REPLY


def test_an_unknown_kind_is_refused_and_the_known_ones_named():
    with pytest.raises(ProviderError, match="guide, openai, mistral, ollama, llamacpp, openrouter"):
        open_provider(Connection("c", "parrot"))


@pytest.mark.parametrize("split", [1, 5, 1000])
@pytest.mark.parametrize("said,heard", [
    ("<think>hm\n{x}</think>\n\nA fox.", "A fox."), ("\n<think></think>A fox.", "A fox."), ("<thin ice", "<thin ice"),
    ("A <think>fox</think>", "A <think>fox</think>"), ("<", "<"), ("<think>never done", "")])
def test_thinking_before_the_answer_stays_unsaid(split: int, said: str, heard: str):
    unthought = Unthought()
    pieces = [said[start : start + split] for start in range(0, len(said), split)]
    assert "".join([unthought.feed(piece) for piece in pieces]) + unthought.finish() == heard


def test_an_answer_without_a_word_is_a_bad_reply(server: Server):
    server.script(text="")
    assert failure(server)[1].kind == "bad_reply"


def test_halves_of_an_emoji_in_two_chunks_become_one():
    halves = ["\ud83e", "\udd8a", "\ud83e", "x\0"]
    chunks = Chunks()
    events = [json.dumps({"choices": [{"delta": {"content": half}}]}) for half in halves]
    assert "".join(chunks.read(f"data: {event}".encode()) for event in events) == "🦊\ufffdx"
