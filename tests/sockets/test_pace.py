"""Whoever says the same thing without end is told to wait, in one tab or in many; the others are not."""

import json

from tests.harness.wire import Wire


def answers(tab, name: str, body: dict, times: int) -> list[dict]:
    return [tab.call(name, {"workspace_id": tab.workspace_id, **body}) for _ in range(times)]


def at_once(wire: Wire, name: str, body: dict, times: int) -> list[dict]:
    """What so many events are answered that are sent without waiting."""
    for number in range(times):
        wire.send(f"42{number}" + json.dumps([name, body]))
    return [json.loads(wire.hear("43").partition("[")[2][:-1]) for _ in range(times)]


def codes(answers: list[dict]) -> list[str]:
    return [answer["error"]["code"] for answer in answers if "error" in answer]


def test_joining_without_end_is_refused_for_a_while(ana, place, enter):
    tab, other = enter(ana, place), enter(ana, place)
    refused = [answer["error"] for answer in answers(tab, "join", {"since": None}, 75) if "error" in answer]
    assert len(refused) >= 10
    assert all(error["code"] == "rate_limited" and 1 <= error["retry_after"] <= 10 for error in refused)
    assert "error" not in answers(other, "join", {"since": None}, 1)[0]
    assert answers(tab, "typing", {"typing": True}, 1) == [{}]


def test_typing_without_end_is_refused_for_a_while(ana, place, enter):
    tab = enter(ana, place)
    refused = [answer for answer in answers(tab, "typing", {"typing": True}, 130) if answer]
    assert refused and all(answer["error"]["code"] == "rate_limited" for answer in refused)


def test_many_tabs_of_one_person_are_counted_together(someone, ana, place):
    dora = someone("Dora")
    body = {"workspace_id": dora.workspace()["id"], "image_id": None}
    tabs = [Wire.of(dora) for _ in range(5)]
    heard = [codes(at_once(tab, "focus", body, 100)) for tab in tabs]
    assert heard[:3] == [[]] * 3 and "rate_limited" in heard[4]
    other = Wire.of(ana)
    assert codes(at_once(other, "focus", {"workspace_id": place, "image_id": None}, 1)) == []
    for wire in (*tabs, other):
        wire.close()


def test_events_that_nobody_knows_are_counted_too(ana):
    wire = Wire.of(ana)
    heard = codes(at_once(wire, "paint", {}, 120))
    assert heard[:100] == ["not_found"] * 100 and set(heard[100:]) == {"rate_limited"}
    wire.close()
