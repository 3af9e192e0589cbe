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
