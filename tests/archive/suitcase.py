"""A small workspace made by hand, and good archives of it."""

import gzip
import hashlib
import io
import json
import tarfile

from PIL import Image

Files = list[tuple[str, bytes]]
NAMES = ("workspace.json", "messages.jsonl", "generations.jsonl", "images.jsonl")
MOMENT = "2026-03-01T12:00:00.000Z"


def id_of(number: int) -> str:
    return f"00000000-0000-7000-8000-{number:012x}"


def picture(side: int = 16, kind: str = "WEBP", color=(200, 80, 20)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), color).save(out, kind)
    return out.getvalue()


def image(number: int) -> dict:
    name = f"images/{id_of(number)}"
    return {
        "id": id_of(number), "generation_id": id_of(2), "index": number - 10, "author_id": id_of(1), "status": "ready",
        "attempt": 1, "prompt": "a fox", "negative": "", "assignment": {}, "model": "sketch",
        "connection": "sketch", "seed": number, "width": 16, "height": 16, "steps": 1, "cfg_scale": 7.0,
        "parent_id": None, "ignored": [],
        "error": None, "original_url": f"{name}.webp",
        "thumbs": {"384": f"{name}.384.webp", "768": f"{name}.768.webp"},
        "thumbhash": None, "starred_by": [id_of(1)], "tags": ["keep"], "cost": 0.0, "created_at": MOMENT,
    }


def documents(images: int = 2) -> dict:
    """The rows of a workspace with one style, one message and some pictures, by document."""
    generation = {"id": id_of(2), "author_id": id_of(1), "template": "a fox", "model": "sketch", "count": images,
                  "settings": {"seed": 1, "width": 16}, "created_at": MOMENT}
    message = {"id": id_of(3), "author_id": id_of(1), "role": "user", "content": "Hello", "created_at": MOMENT}
    style = {"id": id_of(4), "name": "Ink", "positive": "{prompt}, ink", "updated_at": MOMENT}
    return {
        "workspace.json": [{"workspace": {"name": "Foxes", "theme_id": None, "created_at": MOMENT}, "members": [],
                            "themes": [], "styles": [style]}],
        "messages.jsonl": [message],
        "generations.jsonl": [generation],
        "images.jsonl": [image(10 + number) for number in range(images)],
    }


def lines(rows: list[dict]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def files_of(rows: dict) -> Files:
    found = [(name, lines(rows[name])) for name in NAMES]
    for row in rows["images.jsonl"]:
        if isinstance(row, dict) and row.get("original_url"):
            found += [(name, picture()) for name in (row["original_url"], *row["thumbs"].values())]
    return found


def manifest_of(packed: Files, **changes) -> dict:
    listed = [{"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in packed]
    return {"format": "emulsion", "version": "1.0", "name": "Foxes",
            "summary": {"images": 2, "styles": 1, "messages": 1}, "files": listed} | changes


def plain(name: str, data: bytes) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    return info, data


def tarred(members: list[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for info, data in members:
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def members_of(files: Files, manifest: dict | bytes | None = None) -> list:
    said = manifest if isinstance(manifest, bytes) else json.dumps(manifest or manifest_of(files)).encode()
    return [plain("emulsion.json", said), *(plain(name, data) for name, data in files)]


def packed(members: list) -> bytes:
    return gzip.compress(tarred(members), 1)


def whole(images: int = 2, **changes) -> bytes:
    """A good archive."""
    files = files_of(documents(images))
    return packed(members_of(files, manifest_of(files, **changes)))
