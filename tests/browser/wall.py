"""A workspace with small pictures on its wall, made through the API."""

from playwright.sync_api import Page, expect

from tests.harness.browser import Desk
from tests.harness.client import Client

SMALL = {"model": "sketch", "width": 64, "height": 64, "steps": 1}
DEVELOPED_MS = 60_000


class Wall:
    """One person, their workspace, and a page of it."""

    def __init__(self, owner: Client, name: str, room: dict | None = None):
        self.owner, self.room = owner, room or owner.workspace(name)
        self.path = f"/w/{self.room['id']}"
        self.made = 0

    def with_editor(self, other: Client) -> "Wall":
        """The same wall through the eyes of somebody else who may write on it."""
        invite = self.owner.post(f"/api/workspaces/{self.room['id']}/invites", {"role": "editor"})["invite"]
        other.post(f"/api/invites/{invite['token']}/accept", {})
        return Wall(other, "", self.room)

    def hang(self, prompt: str, **more) -> list[dict]:
        """Ask for a batch; its images, still queued."""
        body = {"workspace_id": self.room["id"], "prompt": prompt, **SMALL, **more}
        images = self.owner.post("/api/generate", body)["images"]
        self.made += len(images)
        return images

    def cancelled(self, prompt: str, size: int = 6) -> None:
        """A batch that nobody has to paint."""
        image = self.hang(prompt, batch_size=size)[0]
        self.owner.post(f"/api/generations/{image['generation_id']}/cancel")
        self.made -= size

    def look(self, desk: Desk, shown: int | None = None, **options) -> Page:
        """A tab in which so many pictures are ready; all of them when no number is given."""
        page = desk.page(self.owner, self.path, **options)
        expect(page.locator("sync-state")).to_have_attribute("data-state", "saved")
        expect(ready(page)).to_have_count(self.made if shown is None else shown, timeout=DEVELOPED_MS)
        return page


def ready(page: Page):
    return page.locator('.tile[data-state="ready"]')
