"""The JSON Schema of an archive's documents, shipped as docs/archive.schema.json: `python -m server.archive.schema`."""

import json

from pydantic.json_schema import models_json_schema

from server.archive.entities import Generation, Image, Message, Room
from server.archive.layout import COUNTED, FORMAT, LARGEST_PICTURE, LONGEST_NAME, MOST_FILES

FILE = {
    "type": "object",
    "required": ["name", "bytes", "sha256"],
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
        "bytes": {"type": "integer", "minimum": 0, "maximum": LARGEST_PICTURE},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    },
}
MANIFEST = {
    "type": "object",
    "required": ["format", "version", "files"],
    "properties": {
        "format": {"const": FORMAT},
        "version": {"type": "string", "pattern": r"^1\.\d{1,3}$"},
        "product": {"type": "string"},
        "exported_at": {"type": "string", "format": "date-time"},
        "name": {"type": "string", "maxLength": 80},
        "summary": {"type": "object", "properties": {name: {"type": "integer"} for name in COUNTED}},
        "files": {"type": "array", "maxItems": MOST_FILES, "items": FILE},
    },
}


def schema() -> dict:
    """`#/$defs/Manifest` and `Room` are whole documents, `Message`, `Generation` and `Image` one line each."""
    rows = models_json_schema([(kind, "validation") for kind in (Room, Message, Generation, Image)])[1]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The documents of an Emulsion export",
        "$defs": {"Manifest": MANIFEST, **rows["$defs"]},
    }


def text() -> str:
    return json.dumps(schema(), indent=1) + "\n"


if __name__ == "__main__":
    print(text(), end="")
