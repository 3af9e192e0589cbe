"""First sight: the newest batches of a workspace as the page itself shows them, before a tab has its snapshot."""

from itertools import groupby

from server.extensions import db
from server.models.generation import Generation
from server.models.image import Image
from server.models.snapshot import generations_of, latest_images
from server.models.user import User

LOOKED_AT, SHOWN = 36, 12


def read_first_sight(workspace_id: str) -> list[dict]:
    """Batches, newest first, each {template, author, count, shape, images}, with about a screenful of images in all."""
    found = latest_images(workspace_id, LOOKED_AT)
    grouped = groupby(sorted(found, key=lambda image: image.generation_id), key=lambda image: image.generation_id)
    images = {id: sorted(batch, key=lambda image: image.index) for id, batch in grouped}
    generations = {generation.id: generation for generation in generations_of(found)}
    order = sorted(generations.values(), key=lambda one: (one.created_at, one.id), reverse=True)
    shown, left = [], SHOWN
    for generation in order:
        if left <= 0:
            break
        batch = images[generation.id]
        shown.append(sight(generation, batch, left))
        left -= len(batch)
    return shown


def sight(generation: Generation, images: list[Image], most: int) -> dict:
    """One batch; `count` says how many pictures it has in truth, so that it is laid out right."""
    author = db.session.get(User, generation.author_id)
    first = next((image for image in images if image.width and image.height), None)
    return {
        "template": generation.template,
        "author": author.to_payload(),
        "count": len(images),
        "shape": f"{first.width} / {first.height}" if first else "1",
        "images": [image.to_payload() for image in images[:most]],
    }
