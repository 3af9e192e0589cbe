"""What `make shots` sees of accounts, money, letters and the desk, in a product that sells and writes letters."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.billing.lives import SECRET, Till, shop_settings
from tests.contract import contract_server
from tests.harness.client import Client
from tests.harness.making import ask, make
from tests.harness.post_office import PostOffice
from tests.harness.product import Product
from tests.harness.room import Room

LISTS = ("users", "usage", "payments", "popular", "tickets", "outbox", "workers", "connections", "audit", "settings")
NEW = "a slow grey heron at dusk"


@dataclass
class Shop:
    """Rae runs it, Bea buys there."""

    product: Product
    till: Till
    post: PostOffice
    rae: Client
    bea: Client


@contextmanager
def open_shop() -> Iterator[Shop]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stripe = stack.enter_context(contract_server("stripe"))
        post = PostOffice().open()
        stack.callback(post.close)
        own = {"MAIL_URL": post.url, "BRAKE_SECONDS": "0", "SKETCH_PACE": "0"}
        product = stack.enter_context(Product(folder, **own, **shop_settings(stripe)).running())
        stripe.script(webhook=f"{product.base_url}/webhooks/stripe", secret=SECRET)
        rae, bea = Client(product.base_url), Client(product.base_url)
        rae.register("Rae")
        bea.register("Bea")
        shop = Shop(product, Till(product, stripe), post, rae, bea)
        work(shop)
        yield shop


def work(shop: Shop) -> None:
    """Some pictures that came and one that did not, a request, a refused sign-in."""
    tab = Room(shop.bea, shop.bea.workspace("Harbour")["id"]).enter()
    make(shop.bea, tab, "a harbour in {fog|rain|snow}", batch_size=6)
    ask(shop.bea, tab.workspace_id, "[fail:moderated] a harbour")
    tab.leave()
    shop.bea.post("/api/tickets", {"subject": "One harbour was refused", "body": "It is only a harbour."})
    wrong = {"email": shop.bea.user["email"], "password": "not this one"}
    Client(shop.product.base_url).post("/api/auth/login", wrong, status=401)


def shoot_shop(album, shop: Shop) -> None:
    money(album, shop)
    ways_back(album, shop)
    own_account(album, shop)
    letter(album, shop)
    desk(album, shop)


def money(album, shop: Shop) -> None:
    """Free, back from paying, All Inclusive with a part given back, past due, and what a downgrade leaves."""
    customer = shop.till.open_account(shop.bea)
    page = album.open(shop.bea, "/billing")
    expect(page.get_by_text("left.")).to_be_visible()
    album.keep(page, "billing-free", full_page=True)
    page.goto("/billing?checkout=done")
    expect(page.get_by_text("Confirming payment…")).to_be_visible()
    album.keep(page, "billing-confirming")
    shop.till.happen(customer, "subscribe", "renew", "refund a part")
    expect(page.get_by_text("Thank you. All Inclusive is yours.")).to_be_visible()
    album.keep(page, "billing-paid", full_page=True)
    second = shop.bea.workspace("Second room")["id"]
    room = album.open(shop.bea, f"/w/{second}")
    shop.till.happen(customer, "fail")
    expect(page.get_by_role("alert").filter(has_text="did not go through")).to_be_visible()
    expect(page.get_by_text("Thank you.")).to_have_count(0)
    album.keep(page, "billing-past-due", full_page=True)
    expect(room.get_by_text("This workspace is read-only.")).to_be_attached()
    if album.phone:
        room.locator("[href='#panel']").first.click()
    album.keep(room, "room-read-only")
    shop.till.happen(customer, "end")
    shop.bea.delete(f"/api/workspaces/{second}")
    page.close()
    room.close()


def ways_back(album, shop: Shop) -> None:
    """A wrong password, a forgotten one, a link that was used, and an account that waits to be deleted."""
    album.desk.forgive("401")
    page = album.open(None, "/login")
    log_in(page, shop.bea.user["email"], "not this one")
    expect(page.get_by_role("alert")).to_contain_text("do not match")
    album.keep(page, "login-refused")
    leaver = Client(shop.product.base_url)
    email = leaver.register("Leo")["email"]
    page.goto("/forgot")
    page.get_by_label("Email").fill(email)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    album.keep(page, "forgot-sent")
    page.goto(shop.post.wait_for(email, "Choose").link)
    album.keep(page, "reset")
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_role("button", name="Save password").click()
    expect(page.get_by_role("heading", name="Password saved")).to_be_visible()
    album.keep(page, "reset-saved")
    leaver.login(email, NEW)
    leaver.send("DELETE", "/api/account", json={"current": NEW})
    album.desk.forgive("409")
    page.goto("/login")
    log_in(page, email, NEW)
    expect(page.get_by_role("heading", name="Keep this account?")).to_be_visible()
    album.keep(page, "keep-account")
    page.close()


def log_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Log in").click()


def own_account(album, shop: Shop) -> None:
    """Two devices, and a key that is shown once."""
    phone = Client(shop.product.base_url)
    phone.http.headers["User-Agent"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Safari/604.1"
    phone.login(shop.bea.user["email"])
    page = album.open(shop.bea, "/account/security")
    expect(page.get_by_text("Safari on iPhone").first).to_be_visible()
    album.keep(page, "devices", full_page=True)
    page.goto("/account/keys")
    page.get_by_role("textbox", name="Name").fill("Nightly script")
    page.get_by_role("button", name="Make a key").click()
    expect(page.get_by_role("heading", name="Your key")).to_be_visible()
    album.keep(page, "key", full_page=True)
    page.close()
    phone.post("/api/auth/logout", status=204)


def letter(album, shop: Shop) -> None:
    """As the desk shows it."""
    (mail, *_) = shop.rae.get("/api/admin/outbox", q="All Inclusive")["items"]
    page = album.open(shop.rae, f"/api/admin/outbox/{mail['id']}/letter")
    expect(page.get_by_role("heading").first).to_be_visible()
    album.keep(page, "letter", scripted=False)
    page.close()


def desk(album, shop: Shop) -> None:
    """Each list, a month in the charts, and acts that ask first."""
    page = album.open(shop.rae, "/admin")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    for name in LISTS:
        page.goto(f"/admin#{name}")
        expect(page.locator("[data-list-body][aria-busy]")).to_have_count(0)
        album.keep(page, f"desk-{name}", full_page=True)
    page.get_by_role("button", name="30 d").click()
    expect(page.get_by_role("img", name=re.compile("the last month"))).to_have_count(3)
    album.keep(page, "desk-month")
    page.goto("/admin#users")
    page.get_by_role("button", name="Quota of Bea").click()
    album.keep(page, "desk-quota")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Close Bea").click()
    page.get_by_role("dialog").get_by_role("button", name="Close account").click()
    album.desk.forgive("403")
    expect(page.get_by_label("Your password")).to_be_visible()
    album.keep(page, "desk-password")
    page.close()
