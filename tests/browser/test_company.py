"""The others in the room: followed, or out of sight."""

from playwright.sync_api import expect

from tests.browser.wall import Wall


def test_one_follows_a_person_until_one_moves_oneself_and_may_hide_everyone(desk, person):
    ada, ben = person("Ada"), person("Ben")
    wall = Wall(ada, "Company")
    wall.hang("a red fox", batch_size=1)
    for row in range(4):
        wall.cancelled(f"row {row}")
    mine = wall.look(desk)
    theirs = wall.with_editor(ben).look(desk, shown=1)
    fox = mine.locator(".tile-open")
    expect(fox).not_to_be_in_viewport()

    face = mine.get_by_role("button", name="Ben")
    face.click()
    expect(mine.get_by_text("Following Ben")).to_be_visible()
    theirs.locator(".tile-open").evaluate("el => el.click()")
    expect(fox).to_be_in_viewport()
    expect(mine.locator(".tile-who")).to_contain_text("Ben")

    mine.locator("picture-tablet").hover()
    mine.mouse.wheel(0, -200)
    expect(mine.get_by_text("Following Ben")).to_be_hidden()

    mine.keyboard.press("Control+Alt+\\")
    expect(face).to_be_hidden()
    expect(mine.locator(".tile-who")).to_be_hidden()
    mine.reload()
    expect(mine.locator("sync-state")).to_have_attribute("data-state", "saved")
    expect(face).to_be_hidden()
