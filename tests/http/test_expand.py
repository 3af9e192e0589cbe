"""What a prompt comes to, before anything is asked for."""

import pytest

from tests.harness.making import refusal


@pytest.fixture
def expand(ana):
    def ask(prompt: str, **more) -> dict:
        return ana.post("/api/prompt/expand", {"prompt": prompt, **more}, status=200)

    return ask


def test_a_plain_prompt_is_one_picture(expand):
    assert expand("a fox", negative="rain") == {
        "count": 1, "count_text": "1", "axes": [], "error": None,
        "offer": {"count": 1, "reason": "single",
                  "items": [{"index": "0", "prompt": "a fox", "negative": "rain", "assignment": {}}]},
    }  # fmt: skip


@pytest.mark.parametrize(
    "prompt, count, reason, offered",
    [("a {red|blue} fox", 2, "seeds", 6), ("{a|b|c}", 3, "all", 3), ("{a|b|c} {x|y}", 6, "all", 6),
     ("{a|b|c} {w|x|y|z}", 12, "balanced", 6)],
)  # fmt: skip
def test_the_offer_rule(expand, prompt, count, reason, offered):
    answer = expand(prompt)
    assert (answer["count"], answer["offer"]["reason"], answer["offer"]["count"]) == (count, reason, offered)
    assert len(answer["offer"]["items"]) == offered


def test_named_numbered_and_nested_axes(expand):
    axes = expand("{mood: calm|wild} {a|{b|c}} fox", negative="{x|y}")["axes"]
    assert axes == [
        {"name": "mood", "options": ["calm", "wild"], "nested": False},
        {"name": "2", "options": ["a", "b", "c"], "nested": True},
        {"name": "3", "options": ["x", "y"], "nested": False},
    ]


def test_the_same_seed_gives_the_same_sample(expand):
    prompt = "{a|b|c|d|e} {f|g|h|i|j}"
    assert expand(prompt, seed=7) == expand(prompt, seed=7)
    assert len({str(expand(prompt, seed=seed)["offer"]["items"]) for seed in range(5)}) > 1


def test_ten_to_the_thirty_combinations_are_counted_exactly(ana, expand):
    prompt = " ".join(["{0|1|2|3|4|5|6|7|8|9}"] * 30)
    answer = expand(prompt)
    assert answer["count"] == 10**30 and answer["count_text"] == "1" + "0" * 30
    text = ana.raw("POST", "/api/prompt/expand", json={"prompt": prompt}).text
    assert '"count":' + "1" + "0" * 30 in text.replace(" ", "")
    assert all(item["index"].isdigit() for item in answer["offer"]["items"])


def test_the_largest_number_that_two_prompts_can_come_to_is_counted_too(ana):
    prompt = "{1..64}" * 1142
    answer = ana.raw("POST", "/api/prompt/expand", json={"prompt": prompt, "negative": prompt, "limit": 1})
    assert answer.status_code == 200, answer.text[:300]
    assert answer.json()["count"] == 64**2284
    assert answer.json()["count_text"] == answer.json(parse_int=str)["count"]


@pytest.mark.parametrize("limit, offered", [(1, 1), (2, 2), (200, 12)])
def test_a_limit_is_the_most_to_list(expand, limit, offered):
    assert expand("{a|b|c} {w|x|y|z}", limit=limit)["offer"]["count"] == offered


def test_a_mistake_is_part_of_the_answer_with_its_place(expand):
    answer = expand("a fox\nin {snow|rain")
    assert (answer["count"], answer["count_text"], answer["offer"]) == (0, "0", None)
    assert set(answer["error"]) >= {"message", "line", "column"}
    assert (answer["error"]["line"], answer["error"]["column"]) == (2, 4)


def test_the_prompt_of_8001_characters_is_a_mistake_too(expand):
    assert "8,000" in expand("x" * 8001)["error"]["message"]


def test_unknown_fields_are_refused(ana):
    assert refusal(ana, "POST", "/api/prompt/expand", json={"prompt": "x", "n": 1}) == (422, "invalid", "n")
