"""What one attempt at an image stores, and throwing it away; light enough for the web process, which never decodes."""

from server.actions.transaction import Transaction
from server.extensions import storage
from server.models import Image

ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


def key_of(image: Image, media_type: str) -> str:
    """Where the original of its present attempt is stored."""
    return f"{_stem(image)}.{ENDINGS[media_type]}"


def discard(tx: Transaction, image: Image) -> None:
    """Throw away what its present attempt may have stored; whoever ends an attempt without a picture calls it."""
    stem = _stem(image)
    tx.after(lambda: storage.remove_kin(stem))


def _stem(image: Image) -> str:
    return f"{image.workspace_id[:2]}/{image.workspace_id}/{image.id}-{image.attempt}"
