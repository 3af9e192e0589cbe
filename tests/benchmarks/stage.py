"""The product connected to a talking and a painting server, with a person and a workspace, for measuring."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.contract import Server, contract_server
from tests.harness.client import Client
from tests.harness.product import Product


@dataclass(frozen=True)
class Stage:
    product: Product
    talker: Server
    painter: Server
    person: Client
    workspace_id: str

    def say(self, content: str) -> dict:
        """The empty reply to what was said."""
        return self.person.post(f"/api/workspaces/{self.workspace_id}/messages", {"content": content})["reply"]


@contextmanager
def stage(folder: Path | None = None) -> Iterator[Stage]:
    with (
        tempfile.TemporaryDirectory() as own,
        contract_server("chat") as talker,
        contract_server("openai") as painter,
    ):
        settings = {"CHAT_API_KIND": "openai", "CHAT_API_URL": talker.url, "CHAT_API_MODELS": "script-large"}
        settings |= {"IMAGE_API_KIND": "openai", "IMAGE_API_URL": painter.url, "IMAGE_API_MODELS": "dall-e-3"}
        with Product(folder or Path(own), **settings).running(90) as product:
            person = Client(product.base_url)
            person.register("Ada")
            yield Stage(product, talker, painter, person, person.workspace()["id"])
            person.close()
