"""A socket that says the same thing without end is told to wait; the others are not."""


def answers(tab, name: str, body: dict, times: int) -> list[dict]:
    return [tab.call(name, {"workspace_id": tab.workspace_id, **body}) for _ in range(times)]


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
