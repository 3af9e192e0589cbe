"""The Control Panel in a real browser: prompt, batch dialog, proposals, drafts, styles, themes and chat."""

import pytest
from playwright.sync_api import Page, expect

from tests.harness.browser import Desk
from tests.harness.client import Client
from tests.harness.making import ask as ask_for

TWELVE = "a {red|blue|green} fox in {rain|snow}, {day|night}"
PHONE = {"width": 390, "height": 844}


class Place:
    """A workspace of Ada's, and the tabs that people open in it."""

    def __init__(self, desk: Desk, ada: Client):
        self.desk, self.ada = desk, ada
        self.room = ada.workspace("Foxes")
        self.id = self.room["id"]

    def tab(self, who: Client | None = None, **options) -> Page:
        tab = self.desk.page(who or self.ada, f"/w/{self.id}", **options)
        expect(tab.locator("sync-state")).to_have_attribute("data-state", "saved")
        expect(tab.locator(".go")).to_be_enabled()
        return tab

    def invite(self, who: Client, role: str = "editor") -> Client:
        invite = self.ada.post(f"/api/workspaces/{self.id}/invites", {"role": role})["invite"]
        who.post(f"/api/invites/{invite['token']}/accept")
        return who

    def images(self) -> list[dict]:
        return self.ada.get(f"/api/workspaces/{self.id}/images")["items"]

    def messages(self) -> list[dict]:
        return self.ada.get(f"/api/workspaces/{self.id}/messages")["items"]


@pytest.fixture
def place(desk: Desk, person) -> Place:
    return Place(desk, person("Ada"))


def write(tab: Page, prompt: str) -> None:
    tab.locator("#prompt").fill(prompt)


def ask(tab: Page, prompt: str) -> None:
    """Write a prompt with macros and press Generate; the dialog is open then."""
    write(tab, prompt)
    tab.locator("#prompt").press("Control+Enter")
    expect(tab.locator(".batch-ask")).to_be_visible()


def say(tab: Page, words: str) -> None:
    tab.locator("#say").fill(words)
    tab.locator("#say").press("Enter")


def reply(tab: Page):
    return tab.locator(".msg-ai").last


def offers(tab: Page):
    return tab.locator(".offer")


def word(tab: Page, text: str):
    return tab.locator(".tick", has_text=text)


def test_the_count_and_the_fault_follow_the_typing(place: Place):
    tab = place.tab()
    write(tab, "a {red|blue|green} fox")
    expect(tab.locator(".make-count")).to_contain_text("3 images")
    expect(tab.locator(".go")).to_contain_text("Generate 3")
    write(tab, TWELVE)
    expect(tab.locator(".make-count")).to_contain_text("12 combinations")
    write(tab, "a {red|blue} fox in {snow|rain")
    expect(tab.locator("#prompt-hint")).to_contain_text("Line 1, column 21: add a closing }")
    expect(tab.locator(".prompt-ink .wrong").first).to_be_visible()
    expect(tab.locator("#prompt")).to_have_attribute("aria-invalid", "true")
    write(tab, "a {red|blue} fox in {snow|rain}")
    expect(tab.locator("#prompt-hint")).to_be_hidden()


def test_yes_makes_the_six_that_were_offered(place: Place):
    tab = place.tab()
    ask(tab, "a {red|blue|green} fox in {rain|snow}")
    expect(tab.locator("#ask-h")).to_have_text("Generate batch of 6 images?")
    expect(word(tab, "red")).to_contain_text("×2")
    shown = set(tab.locator(".final-text").all_inner_texts())
    tab.get_by_role("button", name="Yes, generate 6").click()
    expect(tab.locator(".tile[data-key]")).to_have_count(6)
    expect(tab.locator(".batch-ask")).to_be_hidden()
    assert {image["prompt"] for image in place.images()} == shown and len(shown) == 6


def test_no_makes_nothing_and_keeps_the_prompt(place: Place):
    tab = place.tab()
    ask(tab, TWELVE)
    tab.get_by_role("button", name="No", exact=True).click()
    expect(tab.locator(".batch-ask")).to_be_hidden()
    expect(tab.locator("#prompt")).to_have_value(TWELVE)
    assert place.images() == []


def test_all_twelve_are_one_click_away(place: Place):
    tab = place.tab()
    ask(tab, TWELVE)
    tab.get_by_role("button", name="All 12").click()
    expect(tab.locator(".tile[data-key]")).to_have_count(12)
    expect(tab.locator(".batch-ask")).to_be_hidden()


def test_unticked_words_and_rows_are_left_out(place: Place):
    tab = place.tab()
    ask(tab, TWELVE)
    word(tab, "blue").click()
    expect(tab.locator(".finals")).not_to_contain_text("blue")
    tab.locator(".final input").first.uncheck()
    tab.get_by_role("button", name="Yes, generate 5").click()
    expect(tab.locator(".tile[data-key]")).to_have_count(5)
    expect(tab.locator(".batch-ask")).to_be_hidden()
    assert not any("blue" in image["prompt"] for image in place.images())


def test_a_prompt_of_many_combinations_offers_only_a_sample(place: Place):
    tab = place.tab()
    ask(tab, "{1..60} foxes in {1..60} fields")
    expect(tab.locator("#ask-p")).to_contain_text("3,600 combinations")
    expect(tab.locator(".final")).to_have_count(6)
    expect(tab.get_by_role("button", name="All 3,600")).to_have_attribute("aria-disabled", "true")


def test_a_proposal_decided_by_one_is_decided_for_everyone(place: Place, person):
    ben = place.invite(person("Ben"))
    ada_tab, ben_tab = place.tab(), place.tab(ben)
    say(ada_tab, "a fox in winter")
    expect(offers(ben_tab).first).to_be_visible()
    expect(reply(ada_tab)).to_have_attribute("aria-busy", "false")
    proposals = place.messages()[0]["proposals"]
    write(ben_tab, "a fox")
    offers(ben_tab).nth(0).get_by_role("button", name="Use prompt").click()
    expect(ben_tab.locator("#prompt")).to_have_value(proposals[0]["prompt"])
    expect(offers(ada_tab).nth(0)).to_contain_text("Ben took it as prompt")
    ben_tab.locator("#prompt").press("Control+z")
    expect(ben_tab.locator("#prompt")).to_have_value("a fox")
    offers(ada_tab).nth(1).get_by_role("button", name="Dismiss").click()
    expect(offers(ben_tab).nth(1)).to_contain_text("Ada dismissed it")
    ada_tab.get_by_role("button", name="Undo").click()
    expect(offers(ben_tab).nth(1).get_by_role("button", name="Use prompt")).to_be_visible()
    write(ada_tab, "an owl")
    offers(ada_tab).nth(2).get_by_role("button", name="More").press("Enter")
    ada_tab.get_by_role("button", name="Append to my prompt").press("Enter")
    expect(ada_tab.locator("#prompt")).to_have_value(f"an owl, {proposals[2]['prompt']}")


def test_generating_a_proposal_says_who_made_how_many(place: Place, person):
    ben = place.invite(person("Ben"))
    ada_tab, ben_tab = place.tab(), place.tab(ben)
    say(ada_tab, "a fox in winter")
    expect(offers(ben_tab).first).to_be_visible()
    offers(ben_tab).first.get_by_role("button", name="Generate").click()
    yes = ben_tab.get_by_role("button", name="Yes, generate")
    expect(yes.or_(offers(ben_tab).first.get_by_text("Ben generated"))).to_be_visible()
    if yes.is_visible():
        yes.click()
    expect(offers(ada_tab).first).to_contain_text("Ben generated")
    expect(ada_tab.locator(".tile[data-key]").first).to_be_visible()


def test_a_draft_is_in_step_between_my_tabs_and_mine_alone(place: Place, person):
    ben = place.invite(person("Ben"))
    first, second, his = place.tab(), place.tab(), place.tab(ben)
    write(first, TWELVE)
    expect(second.locator("#prompt")).to_have_value(TWELVE)
    expect(second.locator(".make-count")).to_contain_text("12 combinations")
    first.locator("[popovertarget=pop-each]").click()
    first.locator("#pop-each label", has_text="3").click()
    expect(second.locator("[popovertarget=pop-each]")).to_contain_text("3 each")
    second.reload()
    expect(second.locator("#prompt")).to_have_value(TWELVE)
    expect(his.locator("#prompt")).to_have_value("")


def test_a_style_and_a_theme_are_made_and_applied(place: Place, person):
    his = place.tab(place.invite(person("Ben")))
    tab = place.tab()
    tab.locator("[popovertarget=pop-style]").click()
    tab.get_by_role("button", name="Manage styles").click()
    tab.get_by_role("button", name="New", exact=True).click()
    tab.locator("#edit-name").fill("Night film")
    tab.locator("#edit-positive").fill("cinematic still, {prompt}, neon")
    expect(tab.locator(".desk-side .flat").first).to_have_text("cinematic still, a tram in the rain, neon")
    expect(tab.locator(".style-head .sync")).to_have_text("Saved")
    tab.get_by_role("button", name="Put it on my prompt").click()
    tab.get_by_role("tab", name="Themes").click()
    tab.get_by_role("button", name="New", exact=True).click()
    tab.locator("#edit-name").fill("Quiet city")
    tab.locator("#edit-base").fill("a quiet city")
    expect(tab.locator(".rows")).to_contain_text("Quiet city")
    tab.get_by_role("button", name="Use in this workspace").click()
    expect(his.locator("[popovertarget=pop-theme]")).to_contain_text("Quiet city")
    tab.keyboard.press("Escape")
    write(tab, "a fox")
    tab.locator(".go").click()
    expect(tab.locator(".tile[data-key]")).to_have_count(1)
    his.locator("[popovertarget=pop-style]").click()
    expect(his.locator("#pop-style .pop-item")).to_contain_text("Night film")
    assert place.images()[0]["prompt"] == "a quiet city, cinematic still, a fox, neon"


def test_the_editor_says_who_else_edits_and_tests_a_style(place: Place, person):
    ben = place.invite(person("Ben"))
    style = place.ada.post(f"/api/workspaces/{place.id}/styles", {"name": "Ink", "width": 1024, "height": 512})["style"]
    tab = place.tab()
    tab.locator("[popovertarget=pop-style]").click()
    tab.get_by_role("button", name="Manage styles").click()
    tab.locator("#edit-positive").fill("ink drawing")
    ben.patch(f"/api/styles/{style['id']}", {"negative": "colour"})
    expect(tab.locator(".style-head .sync")).to_have_text("Edited by Ben just now")
    expect(tab.locator("#edit-negative")).to_have_value("colour")
    expect(tab.locator("#edit-positive")).to_have_value("ink drawing")
    tab.get_by_role("button", name="Test: 2 images").click()
    expect(tab.locator(".test-pic img:visible")).to_have_count(2, timeout=40_000)
    tests = place.images()
    assert len(tests) == 2
    assert {(image["width"], image["height"]) for image in tests} == {(512, 256)}
    assert {image["prompt"] for image in tests} == {"a tram in the rain, ink drawing"}


def test_what_the_day_does_not_allow_is_said_before_it_is_asked(start_product, browser):
    product = start_product(BILLING_ENABLED="1", SKETCH_PACE="0")
    finn, desk = Client(product.base_url), Desk(browser, product.base_url)
    finn.register("Finn")
    place = Place(desk, finn)
    ask_for(finn, place.id, batch_size=16)
    tab = place.tab()
    ask(tab, "a {red|blue|green} fox in {rain|snow}")
    over, yes = tab.locator(".ask-over"), tab.locator("[data-act=yes]")
    expect(over).to_have_text("You have 4 left today. Untick two, or see All Inclusive.")
    expect(yes).to_have_attribute("aria-disabled", "true")
    for place_in_list in (0, 1):
        tab.locator(".final input").nth(place_in_list).uncheck()
    expect(over).to_be_hidden()
    yes.click()
    expect(tab.locator(".tile[data-key]")).to_have_count(20)
    expect(tab.locator(".go")).to_contain_text("Free limit reached, 20 of 20 today")
    desk.close()
    finn.close()


def test_a_reply_is_written_in_every_tab_stopped_and_asked_again(place: Place, person):
    ben = place.invite(person("Ben"))
    ada_tab, ben_tab = place.tab(), place.tab(ben)
    say(ada_tab, "a harbour before the storm")
    for tab in (ada_tab, ben_tab):
        expect(reply(tab).locator(".caret")).to_be_visible()
    ada_tab.get_by_role("button", name="Stop writing").click()
    for tab in (ada_tab, ben_tab):
        expect(reply(tab)).to_contain_text("stopped")
        expect(reply(tab).locator(".caret")).to_have_count(0)
    ben_tab.get_by_role("button", name="Try again").click()
    for tab in (ada_tab, ben_tab):
        expect(reply(tab)).to_have_attribute("aria-busy", "false", timeout=30_000)
        expect(reply(tab).locator(".offer").first).to_be_visible()
    assert ada_tab.locator(".msg-words").last.inner_text() == ben_tab.locator(".msg-words").last.inner_text()


def test_what_others_say_stands_left_with_their_name_and_my_own_can_go(place: Place, person):
    ben = place.invite(person("Ben"))
    ada_tab, ben_tab = place.tab(), place.tab(ben)
    say(ada_tab, "<b>hello</b>")
    expect(ben_tab.locator(".msg", has=ben_tab.locator(".bubble", has_text="<b>hello</b>"))).to_contain_text("Ada")
    mine = ada_tab.locator(".msg-me")
    mine.hover()
    mine.get_by_role("button", name="Delete this message").click()
    expect(ben_tab.locator(".bubble")).to_have_count(0)


def test_a_viewer_looks_but_has_no_prompt(place: Place, person):
    tab = place.tab(place.invite(person("Vera"), role="viewer"))
    expect(tab.get_by_text("You can look but not generate here.")).to_be_visible()
    expect(tab.locator("#prompt")).to_be_hidden()
    expect(tab.locator("#say")).to_be_hidden()


def test_on_a_phone_the_bottom_bar_opens_the_panel(place: Place):
    tab = place.tab(viewport=PHONE)
    expect(tab.locator("#prompt")).to_be_hidden()
    tab.get_by_role("link", name="Prompt and chat").click()
    write(tab, "a {red|blue|green} fox")
    tab.get_by_role("link", name="Close the panel").first.click()
    expect(tab.locator("#prompt")).to_be_hidden()
    tab.locator("make-bar").get_by_role("button", name="Generate 3").click()
    expect(tab.get_by_role("button", name="Yes, generate 3")).to_be_visible()


def test_on_a_phone_the_panel_makes_way_for_the_pictures(place: Place):
    tab = place.tab(viewport=PHONE)
    tab.get_by_role("link", name="Prompt and chat").click()
    write(tab, "a red fox")
    tab.locator(".go").click()
    expect(tab.locator("#prompt")).to_be_hidden()
    expect(tab.locator(".tile[data-key]")).to_be_in_viewport()
    expect(tab.locator(".makebar-text")).to_have_text("a red fox")


def test_pictures_are_dragged_into_the_talk_and_opened_there(place: Place):
    tab = place.tab()
    (image,) = ask_for(place.ada, place.id, "a blue fox")["images"]
    tile, chips = tab.locator(".tile[data-state=ready] .tile-open"), tab.locator(".attached-pic")
    tile.drag_to(tab.locator("#say"))
    expect(chips).to_have_count(1)
    chips.get_by_role("button", name="Leave out").click()
    expect(chips).to_have_count(0)
    tile.hover()
    tab.locator(".tile-more").click()
    tab.get_by_role("button", name="Ask about it").click()
    expect(chips).to_have_count(1)
    expect(tab.locator("#say")).to_be_focused()
    say(tab, "the same at dusk")
    expect(chips).to_have_count(0)
    tab.locator(".msg-me:not(.is-pending) .msg-pic").click()
    expect(tab.locator("dialog.lb")).to_be_visible()
    tab.keyboard.press("Escape")
    tile.drag_to(tab.locator("#prompt"))
    expect(tab.locator("#prompt")).to_have_value("a blue fox")
    assert place.messages()[-1]["image_ids"] == [image["id"]]


def test_tab_closes_an_open_brace_and_else_moves_on(place: Place):
    tab = place.tab()
    prompt, offer = tab.locator("#prompt"), tab.locator(".ghost-brace")
    write(tab, "a ")
    prompt.press_sequentially("{red|blue")
    expect(offer).to_have_text("}")
    prompt.press("Tab")
    expect(prompt).to_have_value("a {red|blue}")
    expect(prompt).to_be_focused()
    prompt.press("Tab")
    expect(prompt).not_to_be_focused()
    write(tab, "a {red|blue")
    prompt.press("Escape")
    expect(offer).to_have_count(0)
    prompt.press("Tab")
    expect(prompt).not_to_be_focused()
    expect(prompt).to_have_value("a {red|blue")
    tab.get_by_role("button", name="Add the closing brace").click()
    expect(prompt).to_have_value("a {red|blue}")


def test_earlier_prompts_are_walked_and_found(place: Place):
    for words in ("a blue fox", "a red owl"):
        ask_for(place.ada, place.id, words)
    tab = place.tab()
    prompt = tab.locator("#prompt")
    write(tab, "a gre")
    for keys, words in [("Alt+ArrowUp", "a red owl"), ("Alt+ArrowUp", "a blue fox"), ("Alt+ArrowDown", "a red owl"),
                        ("Alt+ArrowDown", "a gre")]:  # fmt: skip
        prompt.press(keys)
        expect(prompt).to_have_value(words)
    tab.get_by_role("button", name="Earlier prompts").click()
    search = tab.get_by_placeholder("Search my prompts")
    expect(search).to_be_focused()
    search.fill("blue")
    search.press("Enter")
    expect(prompt).to_have_value("a blue fox")


def test_a_favourite_comes_first_and_arrows_reach_everything(place: Place):
    for name in ("Ink", "Night film", "Paper"):
        place.ada.post(f"/api/workspaces/{place.id}/styles", {"name": name})
    tab = place.tab()
    rows, search = tab.locator("#pop-style .pop-item"), tab.get_by_placeholder("Search styles")
    tab.locator("[popovertarget=pop-style]").click()
    expect(search).to_be_focused()
    search.press("ArrowDown")
    tab.keyboard.press("End")
    last = rows.last.locator(".pop-name").inner_text()
    tab.keyboard.press(".")
    expect(rows.first).to_contain_text(f"{last}, favourite")
    tab.reload()
    tab.locator("[popovertarget=pop-style]").click()
    expect(rows.first).to_contain_text(f"{last}, favourite")
    search.fill("film")
    expect(rows).to_have_count(1)
    search.press("ArrowDown")
    expect(rows.first).to_be_focused()
    tab.keyboard.press("ArrowDown")
    expect(tab.get_by_role("button", name="Manage styles")).to_be_focused()


def test_the_height_of_the_prompt_is_mine_to_choose(place: Place):
    tab = place.tab()
    prompt, divider = tab.locator("#prompt"), tab.get_by_role("separator", name="Height of the prompt")
    before = prompt.bounding_box()["height"]
    divider.press("ArrowUp")
    divider.press("ArrowUp")
    chosen = prompt.bounding_box()["height"]
    assert chosen > before + 20
    expect(divider).to_have_attribute("aria-valuenow", f"{chosen:.0f}")
    tab.reload()
    expect(tab.locator(".go")).to_be_enabled()
    assert prompt.bounding_box()["height"] == chosen
