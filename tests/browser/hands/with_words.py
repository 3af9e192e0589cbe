"""All that is done beside the pictures: prompt, chat, menus and other people, by either hand."""

import re

from playwright.sync_api import expect

from tests.browser.hands.hand import Hand
from tests.browser.hands.keys import Keys
from tests.browser.hands.outcomes import opens
from tests.browser.hands.with_pictures import FOXES
from tests.browser.test_recipes import INFOTEXT, png
from tests.browser.wall import DEVELOPED_MS, Wall

LOOKED_UP = """(chat) => new Promise((done, fail) => {
    const look = (frames, before) => {
        if (chat.scrollTop < -100 && chat.scrollTop === before) return done();
        if (!frames) return fail(new Error("the chat did not scroll"));
        requestAnimationFrame(() => look(frames - 1, chat.scrollTop));
    };
    look(300);
})"""


def in_the_panel(hand: Hand) -> None:
    page, prompt = hand.page, hand.page.locator("#prompt")
    seen = prompt.is_visible()
    for expected in (not seen, seen):
        hand.do("everywhere panel")
        expect(prompt).to_be_visible(visible=expected)
    hand.do("everywhere prompt")
    hand.write(prompt, FOXES[:-1])
    expect(page.locator(".hint-fix")).to_be_visible()
    hand.do("panel Add the closing brace")
    expect(prompt).to_have_value(FOXES)
    opens(hand, "everywhere Choose from the batch first", "dialog.batch-ask")
    hand.do("everywhere prompt")
    hand.write(prompt, "an owl")
    before = page.locator(".batch").count()
    hand.do("everywhere Generate")
    expect(page.locator(".batch")).to_have_count(before + 1)
    expect(prompt).to_be_visible(visible=isinstance(hand, Keys))
    hand.do("everywhere prompt")
    hand.write(prompt, "nothing yet")
    hand.do("everywhere Earlier and later prompts")
    expect(prompt).to_have_value("an owl")
    hand.do("panel pop-past")
    hand.pick(page.locator("#pop-past .pop-item").nth(1))
    expect(prompt).not_to_have_value("an owl")


def of_the_chips(hand: Hand, wall: Wall) -> None:
    """What a picture is made with: each chip opens, and what is picked stands on it."""
    page = hand.page
    wall.owner.post(f"/api/workspaces/{wall.room['id']}/styles", {"name": "Ink", "positive": "{prompt}, in ink"})
    wall.owner.post("/api/themes", {"name": "Night", "base_prompt": "{prompt} at night"})
    hand.do("everywhere prompt")
    for chip, row, says in (
        ("pop-model", 0, "Sketch"), ("pop-chat-model", 0, "Guide"), ("pop-style", 0, "Ink"), ("pop-theme", 1, "Night"),
        ("pop-size", 1, ":"),
    ):  # fmt: skip
        hand.do(f"panel {chip}")
        hand.pick(page.locator(f"#{chip} .pop-item").nth(row))
        if chip == "pop-style":
            hand.leave()
        expect(page.locator(f"#{chip}")).to_be_hidden()
        expect(page.locator(f"[popovertarget={chip}]")).to_contain_text(says)
    hand.do("panel pop-each")
    hand.pick(page.locator("#pop-each label", has_text="2"))
    hand.leave()
    expect(page.locator("[popovertarget=pop-each]")).to_contain_text("2 each")
    hand.do("panel pop-more")
    hand.turn(page.locator("#tune-negative"))
    hand.leave()
    expect(page.locator("#negative")).to_be_visible()


def in_the_chat(hand: Hand, ben: Wall) -> None:
    page, offer = hand.page, hand.page.locator(".offer:not(.is-used)")
    hand.do("everywhere prompt")
    say(hand, "a fox in winter")
    hand.do("panel Stop writing")
    hand.do("panel Try again")
    answered(hand, 1)
    hand.do("proposal copy")
    hand.do("proposal edit")
    hand.do("proposal leave")
    hand.do("proposal edit")
    hand.write(page.locator(".offer-edit textarea:visible"), "a fox of glass")
    left = offer.count()
    hand.do("proposal take")
    expect(page.locator("#prompt")).to_have_value("a fox of glass")
    expect(offer).to_have_count(left - 1)
    hand.do("proposal append")
    expect(page.locator("#prompt")).to_have_value(re.compile("^a fox of glass, ."))
    expect(offer).to_have_count(left - 2)
    hand.do("proposal dismiss")
    expect(page.get_by_text("Kim dismissed it")).to_be_visible()
    say(hand, "a fox in summer")
    answered(hand, 2)
    left = offer.count()
    hand.do("proposal use")
    expect(offer).to_have_count(left - 1)
    hand.do("proposal generate")
    if page.locator("dialog.batch-ask").is_visible():
        hand.use(page.locator("[data-act=yes]"))
    expect(page.locator("#prompt")).to_be_visible(visible=isinstance(hand, Keys))
    hand.do("everywhere prompt")
    expect(page.get_by_text(re.compile("Kim generated"))).to_be_visible()
    hand.do("panel Delete this message")
    expect(page.locator(".msg-me")).to_have_count(1)
    while_one_reads(hand, ben)
    hand.back()


def while_one_reads(hand: Hand, ben: Wall) -> None:
    """What Ben says does not move what one reads further up."""
    page = hand.page
    hand.look_up(page.locator(".chat-scroll"))
    page.locator(".chat-scroll").evaluate(LOOKED_UP)
    ben.owner.post(f"/api/workspaces/{ben.room['id']}/messages", {"content": "Which of them do we print?"})
    expect(page.locator(".chat-new")).to_be_visible()
    hand.do("panel New reply")
    expect(page.locator(".chat-new")).to_be_hidden()
    expect(page.get_by_text("Which of them do we print?")).to_be_in_viewport()


def say(hand: Hand, words: str) -> None:
    hand.write(hand.page.locator("#say"), words)
    hand.do("panel Send")


def answered(hand: Hand, replies: int) -> None:
    done = hand.page.locator(".msg-ai .ai-mark:not(.is-writing)")
    expect(done).to_have_count(replies, timeout=DEVELOPED_MS)


def with_a_recipe(hand: Hand) -> None:
    page = hand.page
    offer = page.get_by_role("group", name="Recipe of a picture")
    file = {"name": "moon.png", "mimeType": "image/png", "buffer": png(parameters=INFOTEXT)}
    for action in ("use", "all", "close"):
        with page.expect_file_chooser() as asked:
            hand.do("bar recipe")
        asked.value.set_files(file)
        expect(offer).to_be_visible()
        hand.do(f"recipe {action}")
        expect(offer).to_be_hidden()
        hand.back()


def by_the_menus(hand: Hand) -> None:
    page = hand.page
    for action, shown in {
        "bar filter": "#filter-pop", "bar trash": "dialog.trash", "bar export": "transfer-dialog dialog",
        "everywhere keys": "dialog.keys", "everywhere palette": "dialog.palette", "me share": "share-dialog dialog",
        "me export": "transfer-dialog dialog",
    }.items():  # fmt: skip
        opens(hand, action, shown)
    hand.do("bar notify")
    expect(page.get_by_text("You will be told when a batch of yours ends")).to_be_visible()


def by_name(hand: Hand) -> None:
    page = hand.page
    for show in ("starred", "my", "all"):
        hand.do(f"palette Show {show} images")
        mark = page.locator(f"[data-show={'mine' if show == 'my' else show}]")
        expect(mark).to_have_attribute("aria-pressed", "true")
    hand.do("palette Search images")
    expect(page.locator("picture-tablet .find-in")).to_be_focused()
    for name, shown in {
        "Filter": "#filter-pop", "Recently deleted": "dialog.trash", "Styles and themes": "dialog.styles-ask",
        "Share": "share-dialog dialog",
    }.items():  # fmt: skip
        opens(hand, f"palette {name}", shown)
    with page.expect_file_chooser():
        hand.do("palette Prompt from a picture")
    for action in ("palette Rename the workspace", "top Rename"):
        hand.do(action)
        expect(page.locator(".top-name-in")).to_be_focused()
        page.keyboard.press("Enter")  # the keyboard on a phone's screen has it too
    for path, actions in {
        "/workspaces": ("palette All workspaces", "me Workspaces", "top Emulsion, all workspaces"),
        "/account": ("palette Account", "me Account"), "/help": ("palette Help", "me Help"),
    }.items():  # fmt: skip
        page.route(f"**{path}", lambda route: route.fulfill(status=204))
        for action in actions:
            with page.expect_request(f"**{path}"):
                hand.do(action)


def with_others(hand: Hand, other) -> None:
    page = hand.page
    hand.use(page.get_by_role("button", name=re.compile("^Ben.*Follow")))
    expect(page.get_by_text("Following Ben")).to_be_visible()
    hand.use(page.locator(".follow-tag"))
    expect(page.get_by_text("Following Ben")).to_be_hidden()
    for count in (1, 0):
        hand.do("everywhere others")
        expect(page.locator("body.is-alone")).to_have_count(count)
    hand.do("me hide-me")
    other.wait_for(lambda room: "Kim" not in people(room))
    hand.do("me hide-me")
    other.wait_for(lambda room: "Kim" in people(room))


def people(room) -> list[str]:
    return [one["name"] for one in room.heard("presence")[-1]["members"]]
