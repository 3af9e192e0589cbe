"""What `make shots` sees of a day's pictures that are used up, where All Inclusive is for sale."""

from playwright.sync_api import expect

from tests.harness.client import Client
from tests.harness.making import ask
from tests.harness.product import Product
from tests.harness.room import Room

FEW, ALL = 13, 20


class Counter:
    """Two on the Free plan: one has a few pictures left today, the other none."""

    def __init__(self, shop: Product):
        self.shop = shop
        self.free, self.spent = self.who_made("Cleo", FEW), self.who_made("Dora", ALL)

    def who_made(self, name: str, count: int) -> Client:
        person = Client(self.shop.base_url)
        person.register(name)
        place = person.workspace("Moss study")["id"]
        room = Room(person, place).enter()
        ask(person, place, "moss on a {stone|root}, {dawn|rain}", batch_size=count, width=96)
        room.wait_for(lambda room: all(one["status"] == "ready" for one in room.state.things["images"].values()), 60)
        room.leave()
        return person


def counter(album, counter: Counter) -> None:
    """A day that is used up, and a payment that takes its time."""
    page = album.open(counter.spent, "/billing")
    expect(page.locator(".plans[aria-busy]")).to_have_count(0)
    album.keep(page, "billing-spent", full_page=True)
    page.close()
    page = album.open(counter.free, "/billing")
    page.clock.install()
    page.goto("/billing?checkout=done")
    expect(page.get_by_text("Confirming payment…")).to_be_visible()
    page.clock.run_for(10_000)
    expect(page.get_by_text("We will email you when it clears.")).to_be_visible()
    album.keep(page, "billing-later")
    page.close()
    nothing_left(album, counter)


def nothing_left(album, counter: Counter) -> None:
    """The room when today's pictures are made, and a batch that is larger than what is left."""
    for name, person in {"quota": counter.spent, "batch-over-quota": counter.free}.items():
        place = person.get("/api/workspaces")["items"][0]["id"]
        page = album.open(person, f"/w/{place}")
        if album.phone:
            page.locator("[href='#panel']").first.click()
        page.locator("#prompt").fill("a paper boat on a {calm|wild} lake, {dawn|dusk|night}, {rain|snow}")
        if name == "quota":
            expect(page.locator(".go")).to_contain_text("Free limit reached")
        else:
            page.locator(".go:visible").click()
            page.locator("label:has([name=ask-each][value='2'])").click()
            expect(page.locator(".ask-over")).to_be_visible()
        album.keep(page, name)
        page.close()
