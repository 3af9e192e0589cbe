"""Where a picture comes from: the recipe that goes along in its file, and the one that is read from a file."""

import json
import threading
from typing import IO

from pydantic import ValidationError

from server.errors import Invalid, ProviderError, Unavailable
from server.extensions import darkroom, db, storage
from server.models import Generation, Image, Proposal, User
from server.models.columns import iso
from server.prompts.infotext import infotext
from server.prompts.origins import origin
from server.protocol.requests import Generate

VERSION = 1
LONGEST_PROMPT = 8000
PORTABLE = set(Generate.model_fields) - {"id", "workspace_id", "parent_id", "proposal_id"}
MADE = ("seed", "width", "height", "steps", "cfg_scale", "sampler", "strength")
UNREADABLE = "This is not a picture that can be read. Send a PNG, JPEG or WebP."
ANYWHERE = "00000000-0000-0000-0000-000000000000"
at_once = threading.Semaphore(3)  # a process never holds more pictures than this in memory


def copy(image: Image, media_type: str | None, with_recipe: bool) -> tuple[str, bytes]:
    """(media type, bytes) of a picture to take along, in that format or its own, with its recipe in it or bare."""
    words = inscription(image) if with_recipe else None
    try:
        with at_once:
            return darkroom.copy(storage.get(image.file_key), media_type, words)
    except ProviderError:
        raise Unavailable("This picture cannot be copied just now. Download it as it was delivered.") from None


def bare(data: bytes, media_type: str) -> bytes:
    """A stranger's picture drawn anew in that format, without a word of what its file said."""
    try:
        with at_once:
            return darkroom.copy(data, media_type, None)[1]
    except ProviderError:
        raise Invalid(UNREADABLE, field="file") from None


def inspect(file: IO[bytes]) -> dict:
    """{source, recipe, raw} of a picture from anywhere; the recipe's fields are those that a generate body may hold."""
    try:
        with at_once:
            texts = darkroom.inscriptions(file.read())
    except ProviderError:
        raise Invalid(UNREADABLE, field="file") from None
    source, recipe, raw = origin(texts)
    return {"source": source, "recipe": recipe and fitting(recipe), "raw": raw}


def inscription(image: Image) -> dict[str, str]:
    """The words for a file: for other programs as A1111 writes them, for us whole."""
    generation = db.session.get(Generation, image.generation_id)
    made = {name: getattr(image, name) for name in MADE}
    final = {"prompt": image.prompt, "negative": image.negative, "model": image.model, **made}
    about = {"emulsion": VERSION, "recipe": recipe_of(image, generation, made), **circumstances(image, generation)}
    return {"parameters": infotext(final), "emulsion": json.dumps(about)}


def recipe_of(image: Image, generation: Generation, made: dict) -> dict:
    """A generate body as the person wrote it, with the seed of this very picture."""
    styles = [style["id"] for style in generation.styles]
    body = {"model": image.model, "prompt": generation.template, "negative": generation.negative, "style_ids": styles}
    return {name: value for name, value in {**body, **made}.items() if value not in (None, "", [])}


def circumstances(image: Image, generation: Generation) -> dict:
    """Who asked, when, in which place of which batch, and the chat turn that proposed it."""
    proposal = db.session.get(Proposal, generation.proposal_id) if generation.proposal_id else None
    return {
        "assignment": image.assignment,
        "prompt": image.prompt,
        "negative": image.negative,
        "styles": [style["name"] for style in generation.styles],
        "author": db.session.get(User, image.author_id).name,
        "message_id": proposal.message_id if proposal else None,
        "image_id": image.id,
        "generation_id": generation.id,
        "index": image.index,
        "created_at": iso(image.created_at),
    }


def fitting(recipe: dict) -> dict | None:
    """What of a stranger's recipe a generate body may hold; None when no prompt is left."""
    kept = {name: value for name, value in recipe.items() if name in PORTABLE}
    for name in ("prompt", "negative"):
        if isinstance(kept.get(name), str):
            kept[name] = kept[name].strip()[:LONGEST_PROMPT]
    try:
        Generate.model_validate({"model": "any", **kept, "workspace_id": ANYWHERE})
    except ValidationError as error:
        wrong = {problem["loc"][0] for problem in error.errors()}
        kept = {name: value for name, value in kept.items() if name not in wrong}
    return kept if kept.get("prompt") else None
