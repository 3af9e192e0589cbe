"""Word of my batches from a tab in the background: only when asked for."""

from playwright.sync_api import expect

from tests.browser.wall import DEVELOPED_MS, Wall

NOTE_NOTICES = """() => {
    window.asked = 0;
    window.told = [];
    window.Notification = class extends EventTarget {
        static permission = 'default';
        static async requestPermission() { window.asked += 1; return (this.permission = 'granted'); }
        constructor(title, {body}) { super(); window.told.push(`${title}. ${body}`); }
    };
}"""
NOTE_NOTES = """() => {
    window.notes = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (at) { window.notes += 1; return start.call(this, at); };
}"""
HIDE = """(hidden) => {
    Object.defineProperty(document, 'hidden', {configurable: true, get: () => hidden});
    document.dispatchEvent(new Event('visibilitychange'));
}"""


def test_a_tab_in_the_background_counts_marks_and_tells_only_whom_it_asked(desk, person):
    wall = Wall(person("Nora"), "Moss study")
    page = wall.look(desk)
    page.evaluate(NOTE_NOTICES)
    page.get_by_role("button", name="More", exact=True).last.click()
    page.get_by_role("button", name="Tell me when a batch ends").click()
    expect(page.get_by_text("You will be told when a batch of yours ends")).to_be_visible()
    assert page.evaluate("() => window.asked") == 1

    page.evaluate(HIDE, True)
    wall.hang("a red fox", batch_size=2, width=512, height=512, steps=8)
    expect(page).to_have_title("(2) Moss study")
    expect(page.locator('link[rel="icon"]')).to_have_attribute("data-state", "working")
    expect(page).to_have_title("(done) Moss study", timeout=DEVELOPED_MS)
    expect(page.locator('link[rel="icon"]')).to_have_attribute("data-state", "done")
    assert page.evaluate("() => window.told") == ["Moss study. Batch finished: a red fox"]

    page.evaluate(HIDE, False)
    expect(page).to_have_title("Moss study")
    expect(page.locator('link[rel="icon"]')).to_have_attribute("data-state", "")


def test_nobody_is_asked_on_load(desk, person):
    wall = Wall(person("Nora"), "Quiet")
    page = desk.page(wall.owner, "/workspaces")
    page.context.add_init_script(f"({NOTE_NOTICES})()")
    page = wall.look(desk)
    assert page.evaluate("() => window.asked") == 0


def test_the_account_switches_notifications_and_says_what_the_browser_answered(desk, person):
    page = desk.page(person("Nora"), "/account/notifications")
    page.evaluate(NOTE_NOTICES)
    switch = page.get_by_role("switch", name="Tell me when a batch ends")
    expect(switch).not_to_be_checked()
    switch.check()
    expect(page.get_by_text("You will be told when a batch of yours ends")).to_be_visible()
    assert page.evaluate("() => window.asked") == 1
    page.evaluate("() => { Notification.requestPermission = async () => 'denied'; }")
    switch.uncheck()
    switch.click()
    expect(page.get_by_text("The browser does not allow notifications")).to_be_visible()
    expect(switch).not_to_be_checked()


def test_a_sound_ends_the_work_of_who_wished_for_it(desk, person):
    wall = Wall(person("Nora"), "Moss study")
    account = desk.page(wall.owner, "/account/notifications")
    account.evaluate(NOTE_NOTES)
    account.get_by_role("switch", name="A sound when my pictures are done").check()
    assert account.evaluate("() => window.notes") == 2, "one hears what it is"
    page = wall.look(desk)
    page.evaluate(NOTE_NOTES)
    wall.hang("a red fox", batch_size=2, width=512, height=512, steps=8)
    expect(page.locator('.tile[data-state="ready"]')).to_have_count(2, timeout=DEVELOPED_MS)
    expect(page.locator("[data-part=news]")).to_have_text("Batch finished")
    assert page.evaluate("() => window.notes") == 2


def test_batches_of_others_are_read_out_only_where_that_is_wished(desk, person):
    wall = Wall(person("Nora"), "Moss study")
    other = wall.with_editor(person("Olaf"))
    page = wall.look(desk)
    other.hang("a red fox")
    expect(page.locator('.tile[data-state="ready"]')).to_have_count(1, timeout=DEVELOPED_MS)
    expect(page.locator("[data-part=news]")).to_be_empty()
    account = desk.page(wall.owner, "/account/notifications")
    account.get_by_role("switch", name="Read out what others make").check()
    other.hang("a grey fox", width=512, height=512, steps=8)
    expect(page.locator('.tile[data-state="ready"]')).to_have_count(2, timeout=DEVELOPED_MS)
    expect(page.locator("[data-part=news]")).to_have_text("Olaf: Batch finished")
