"""Styles and themes by keys alone and by a thumb alone."""

import pytest
from playwright.sync_api import expect

from tests.browser.hands import with_styles as styles
from tests.browser.hands.keys import Keys
from tests.browser.hands.thumb import Thumb
from tests.browser.wall import Wall


@pytest.mark.parametrize("kind", [Keys, Thumb], ids=["keys", "thumb"])
def test_styles_and_themes_are_made_stacked_and_deleted_by_this_hand_alone(desk, person, kind):
    wall = Wall(person("Kim"), "Styles")
    page = wall.look(desk, **kind.options)
    hand = kind(page)

    styles.open_editor(hand)
    styles.make_style(hand, "Ink", "ink drawing of {prompt}")
    styles.make_style(hand, "Night", "{prompt} at night")
    styles.fine_tune(hand)
    styles.find_one(hand, "Ink")
    styles.wear(hand, "Ink")
    styles.wear(hand, "Night")
    chip = page.locator("[popovertarget=pop-style]")
    expect(chip).to_contain_text("Ink")
    expect(chip).to_contain_text("+1")
    styles.wear(hand, "Ink", worn=False)
    styles.wear(hand, "Ink")
    expect(chip).to_contain_text("Night")
    styles.try_out(hand)
    styles.delete_and_bring_back(hand, "Night")
    styles.import_styles(hand)
    styles.make_theme(hand)
    styles.delete_and_bring_back(hand, "Quiet city")
    styles.leave_editor(hand)

    assert not hand.complaints, "\n".join(hand.complaints)
    made = wall.owner.get(f"/api/workspaces/{wall.room['id']}/styles")["items"]
    assert sorted(style["name"] for style in made) == ["Glass", "Ink", "Night", "Oil"]
    night = next(style for style in made if style["name"] == "Night")
    assert (night["negative"], night["cfg_scale"], night["steps"], night["seed"]) == ("colour", 6.5, 2, 42)
    assert [theme["name"] for theme in wall.owner.get("/api/themes")["items"]] == ["Quiet city"]
