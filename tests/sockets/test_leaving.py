"""Ends: signing out, being removed, a workspace that is deleted. Nothing is heard after them."""


from tests.harness.client import Client
from tests.harness.making import admit, ask
from tests.harness.wire import Wire


def test_signing_out_tells_and_then_cuts_every_tab_of_that_sign_in(someone, product, enter):
    dora = someone("Dora")
    place = dora.workspace()["id"]
    phone = Client(product.base_url)
    phone.login(dora.user["email"])
    wire, elsewhere = Wire.of(dora), enter(phone, place)
    dora.post("/api/auth/logout", status=204)
    assert "signed_out" in wire.hear("42")
    assert wire.hear("41")
    phone.patch(f"/api/workspaces/{place}", {"name": "Still here"})
    assert elsewhere.wait_for_event("workspace.updated", name="Still here")
    phone.close()


def test_signing_out_everywhere_cuts_every_sign_in(someone, product):
    edda = someone("Edda")
    phone = Client(product.base_url)
    phone.login(edda.user["email"])
    wires = [Wire.of(edda), Wire.of(phone)]
    edda.post("/api/auth/logout-everywhere", status=204)
    for wire in wires:
        assert '["signed_out",{"reason":' in wire.hear("42")
        assert wire.hear("41")
    phone.close()


def test_a_removed_member_hears_of_it_and_nothing_more(ana, ben, place, enter):
    gone, stays = enter(ben, place), enter(ana, place)
    ana.delete(f"/api/workspaces/{place}/members/{ben.user['id']}", status=204)
    gone.wait_for(lambda tab: tab.events and tab.events[-1]["type"] == "member.removed")
    ask(ana, place)
    ana.put(f"/api/workspaces/{place}/draft", {"text": "secret"})
    stays.wait_for_event("generation.created")
    assert gone.call("typing", {"workspace_id": place, "typing": True})["error"]["code"] == "not_found"
    assert gone.events[-1]["type"] == "member.removed"
    assert gone.call("join", {"workspace_id": place})["error"]["code"] == "not_found"
    stays.wait_for(lambda tab: [len(told["members"]) for told in tab.heard("presence")][-1:] == [1])
    assert not [told for told in gone.heard("image.progress") if told["workspace_id"] == place]


def test_who_comes_back_after_being_removed_hears_again(ana, ben, place, enter):
    tab = enter(ben, place)
    ana.delete(f"/api/workspaces/{place}/members/{ben.user['id']}")
    tab.wait_for(lambda tab: tab.events and tab.events[-1]["type"] == "member.removed")
    admit(ana, ben, place, "viewer")
    assert "error" not in tab.call("join", {"workspace_id": place, "since": None})
    ana.patch(f"/api/workspaces/{place}", {"name": "Welcome"})
    tab.wait_for(lambda tab: tab.state and tab.events[-1]["data"].get("workspace", {}).get("name") == "Welcome")


def test_deletion_is_the_last_that_is_heard_of_a_workspace(ana, ben, place, enter, product):
    tabs = enter(ana, place), enter(ben, place)
    ask(ana, place, "[slow:30] a fox", batch_size=4, steps=20)
    ana.post(f"/api/workspaces/{place}/messages", {"content": "tell me about harbours"})
    ana.delete(f"/api/workspaces/{place}", status=204)
    for tab in tabs:
        tab.wait_for_event("workspace.deleted", id=place)
        assert tab.events[-1]["type"] == "workspace.deleted"
        assert tab.call("join", {"workspace_id": place})["error"]["code"] == "not_found"
    ana.patch("/api/account", {"name": "Ana"})
    query = "SELECT type FROM workspace_events WHERE workspace_id = :place ORDER BY seq DESC LIMIT 1"
    assert product.rows(query, place=place) == [("workspace.deleted",)]
