"""What only one person's own tabs are told."""

import pytest

from tests.harness.making import admit, ask


@pytest.fixture
def tabs(ana, ben, place, enter):
    """Two tabs of Ana's and one of Ben's in the same room."""
    return enter(ana, place), enter(ana, place), enter(ben, place)


def after_news(tab, ana, place) -> None:
    """Wait until everything that was said before this has reached the tab."""
    ana.patch(f"/api/workspaces/{place}", {"name": "News"})
    tab.wait_for_event("workspace.updated", name="News")


def test_a_draft_is_in_step_across_ones_own_tabs_and_hidden_from_others(ana, ben, place, tabs):
    draft = {"text": "a fox 🦊", "negative": "rain", "settings": {"steps": 12, "style_ids": []}}
    assert ana.put(f"/api/workspaces/{place}/draft", draft, status=200)["draft"] == draft
    for tab in tabs[:2]:
        told = tab.wait_for(lambda tab: tab.heard("draft"))
        assert told == [{"workspace_id": place, "draft": draft}]
    after_news(tabs[2], ana, place)
    assert tabs[2].heard("draft") == []
    assert ana.get(f"/api/workspaces/{place}/snapshot")["snapshot"]["draft"] == draft
    assert ben.get(f"/api/workspaces/{place}/snapshot")["snapshot"]["draft"]["text"] == ""
    events = ben.get(f"/api/workspaces/{place}/events", since=0)["events"]
    assert "🦊" not in str(events)


def test_the_list_of_workspaces_is_told_to_whom_it_concerns(ana, ben, place, tabs):
    ana_tab, ben_tab = tabs[0], tabs[2]
    other = ana.workspace("Another")["id"]
    ana_tab.wait_for(lambda tab: tab.heard("workspaces"))
    after_news(ben_tab, ana, place)
    ben_tab.wait_for(lambda tab: tab.heard("workspaces"))
    assert set(map(str, ben_tab.heard("workspaces"))) == {"{}"}
    before = len(ben_tab.heard("workspaces"))
    admit(ana, ben, other, "viewer")
    ben_tab.wait_for(lambda tab: len(tab.heard("workspaces")) > before)


def test_quota_and_queue_are_told_to_the_author_only(ana, place, tabs):
    batch = ask(ana, place, "[slow:30] a fox", batch_size=3, steps=20)["generation"]["id"]
    for tab in tabs[:2]:
        account = tab.wait_for(lambda tab: tab.heard("account"))[0]
        assert set(account) == {"plan", "quota"} and account["quota"]["used"] >= 3
        assert set(tab.wait_for(lambda tab: tab.heard("queue"))[0]) == {"mine", "all"}
    ana.post(f"/api/generations/{batch}/cancel")
    tabs[0].wait_for(lambda tab: tab.heard("queue")[-1]["mine"] == 0)
    after_news(tabs[2], ana, place)
    assert tabs[2].heard("account") == tabs[2].heard("queue") == []


def test_the_last_change_of_the_queue_is_told_though_it_comes_quickly(ana, place, enter):
    tab = enter(ana, place)
    for _ in range(3):
        image = ask(ana, place, "[slow:30] a fox", steps=20)["images"][0]
        ana.post(f"/api/images/{image['id']}/cancel")
    tab.wait_for(lambda tab: tab.heard("queue") and tab.heard("queue")[-1]["mine"] == 0)
    assert len(tab.heard("queue")) <= 4
