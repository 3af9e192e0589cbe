"""Every action of the room by keys alone and by a thumb alone: the product lists them, and none may be left out."""

import pytest
from playwright.sync_api import expect

from tests.browser.hands.hand import LAST
from tests.browser.hands.keys import Keys
from tests.browser.hands.listed import actions_of
from tests.browser.hands.thumb import Thumb
from tests.browser.hands.with_pictures import (
    FOXES,
    at_full_size,
    compared,
    moved,
    of_a_batch,
    on_a_tile,
    on_the_wall,
    selected,
    under_way,
)
from tests.browser.hands.with_words import (
    by_name,
    by_the_menus,
    in_the_chat,
    in_the_panel,
    of_the_chips,
    with_a_recipe,
    with_others,
)
from tests.browser.wall import Wall, ready

LARGE = {"width": 1024, "height": 1024}  # so that there is something to zoom into
ALLOWED = ["clipboard-read", "clipboard-write", "notifications"]


@pytest.mark.parametrize("kind", [Keys, Thumb], ids=["keys", "thumb"])
def test_every_action_is_done_by_this_hand_alone(desk, person, enter, kind):
    guest = person("Ben")  # the first to come runs the place, and has a menu of his own
    wall = Wall(person("Kim"), "Foxes")
    ben = wall.with_editor(guest)
    wall.owner.workspace("Harbour")
    other = enter(ben.owner, wall.room["id"])
    (first, *_) = wall.hang(FOXES, **LARGE)
    page = wall.look(desk, shown=0, permissions=ALLOWED, **kind.options)
    page.route("**/api/models", able_to_vary)
    page.reload()
    page.locator("body[data-ready]").wait_for()
    expect(ready(page)).to_have_count(4, timeout=60_000)
    listed, hand = actions_of(page), kind(page)
    hand.batch = page.locator(f'.batch[aria-labelledby="batch-{first["generation_id"]}"]')
    hand.tile = hand.batch.locator('.tile[data-state="ready"]').first

    for part in (on_the_wall, on_a_tile, selected, moved, compared):
        part(hand)
    at_full_size(hand, ben)
    of_a_batch(hand)
    under_way(hand, wall)
    in_the_panel(hand)
    of_the_chips(hand, wall)
    in_the_chat(hand, ben)
    for part in (with_a_recipe, by_the_menus, by_name):
        part(hand)
    with_others(hand, other)
    hand.do(LAST)
    expect(page).to_have_url(f"{desk.base_url}/")

    assert not hand.complaints, "\n".join(hand.complaints)
    assert listed == hand.done, "each action that the room lists was done, and no other"


def able_to_vary(route) -> None:
    """The built-in model makes no variants; here it says that it does."""
    answer = route.fetch()
    models = answer.json()
    for model in models["items"]:
        if model["kind"] == "image":
            model["capabilities"]["img2img"] = True
    route.fulfill(response=answer, json=models)
