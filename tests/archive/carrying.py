"""Carrying a workspace through the doors, and telling whether two archives hold the same."""

import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

from tests.harness.client import Client
from tests.harness.product import Product

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PEOPLE = {"author_id", "decided_by", "deleted_by"}
PASSING = {"workspace_id", "owner_id", "created_at", "updated_at", "is_sample", "read_only"}


def settled(product: Product, client: Client, transfer: dict, patience: float = 60) -> dict:
    """The transfer once nothing more happens to it by itself."""
    found = {}

    def is_settled() -> bool:
        found.update(client.get(f"/api/transfers/{transfer['id']}")["transfer"])
        return found["status"] in ("inspected", "ready", "failed")

    product.wait_until(is_settled, patience, "the transfer did not end")
    return found


def export(product: Product, client: Client, workspace_id: str, patience: float = 60) -> bytes:
    transfer = client.post(f"/api/workspaces/{workspace_id}/exports", {}, status=202)["transfer"]
    transfer = settled(product, client, transfer, patience)
    assert transfer["status"] == "ready", transfer
    return client.raw("GET", transfer["file_url"]).content


def upload(client: Client, archive: bytes, **form) -> dict:
    answer = client.raw("POST", "/api/imports", files={"file": ("workspace.tar.gz", archive)}, data=form)
    assert answer.status_code == 202, answer.text
    return answer.json()["transfer"]


def bring(product: Product, client: Client, archive: bytes, name: str | None = None, patience: float = 60) -> str:
    """Import it and confirm; the id of the new workspace."""
    transfer = settled(product, client, upload(client, archive), patience)
    assert transfer["status"] == "inspected", transfer
    client.post(f"/api/transfers/{transfer['id']}/confirm", {"name": name} if name else {}, status=202)
    transfer = settled(product, client, transfer, patience)
    assert transfer["status"] == "ready", transfer
    return transfer["workspace_id"]


def members(archive: bytes | Path) -> Iterator[tuple[str, bytes]]:
    """(name, data) of each file in an archive."""
    file = io.BytesIO(archive) if isinstance(archive, bytes) else archive.open("rb")
    with file, tarfile.open(fileobj=file, mode="r|gz") as tar:
        for member in tar:
            yield member.name, tar.extractfile(member).read()


def essence(archive: bytes | Path) -> dict:
    """What an archive holds but for ids, the people, and when the workspace came to be."""
    files, sums = {}, {}
    for name, data in members(archive):
        if name.startswith("images/"):
            sums[name] = hashlib.sha256(data).hexdigest()
        else:
            files[name] = data
    rows = {name: [json.loads(line) for line in files[name].splitlines()] for name in files if name.endswith("jsonl")}
    room = json.loads(files["workspace.json"])
    names = {}
    for noun, items in (("style", room["styles"]), ("theme", room["themes"]), ("message", rows["messages.jsonl"]),
                        ("generation", rows["generations.jsonl"]), ("image", rows["images.jsonl"])):
        names |= {item["id"]: f"{noun} {place}" for place, item in enumerate(items)}
    for message in rows["messages.jsonl"]:
        names |= {offer["id"]: f"{names[message['id']]} offer {k}" for k, offer in enumerate(message["proposals"])}
    text = {
        "name": room["workspace"]["name"],
        "theme": [_plain(theme) for theme in room["themes"]],
        "styles": [_plain(style) for style in room["styles"]],
        **{name: [_plain(row, dated=True) for row in items] for name, items in rows.items()},
        "files": sums,
    }
    return json.loads(UUID.sub(lambda match: names.get(match[0], "gone"), json.dumps(text)))


def _plain(row, dated: bool = False):
    """The row without what may change on the way: people become whether there is one."""
    if isinstance(row, list):
        return [_plain(item, dated) for item in row]
    if not isinstance(row, dict):
        return row
    plain = {}
    for key, value in row.items():
        if key in PEOPLE or key == "starred_by":
            plain[key] = bool(value)
        elif key not in PASSING or (dated and key == "created_at"):
            plain[key] = _plain(value, dated)
    return plain
