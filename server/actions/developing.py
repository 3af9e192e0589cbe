"""Making the next waiting picture: claim it, ask its provider, keep what comes, tell the room."""

import base64
import hashlib
from contextlib import closing
from datetime import timedelta
from time import monotonic

import structlog

from server.actions import attempts, catalogue, claims, news
from server.actions.transaction import transaction
from server.billing import quota
from server.errors import ProviderError
from server.extensions import config, darkroom, db, now, storage
from server.models import Image
from server.providers.images.job import ImageJob, Picture, Progress, Submitted
from server.realtime import publisher
from server.storage.thumbnails import PREVIEW_BYTES

TRIES = 3
MOST_DOUBTS = 1
CHECK_EVERY = 0.4
SHOW_EVERY = 0.25
PAUSES = {"busy": 1.0, "rate_limited": 2.0}
SHORT = 0.2
BROKEN = "Something broke on our side. Nothing was charged."
UNKNOWN = "The image server took this twice and never said what became of it, so it is not asked again."
ENDED = "The image server ended without a picture. Nothing was charged."
log = structlog.get_logger()


def make_next(worker: str) -> bool:
    """Make the fairest waiting picture; False when there is none to start."""
    image = claims.next_image(worker)
    if image is None:
        return False
    try:
        _Development(image, worker).run()
    except ProviderError as error:
        _fail(image, worker, error)
    except Exception:
        log.exception("image failed", image=image.id)
        _fail(image, worker, ProviderError("internal", BROKEN, permanent=False))
    return True


class _Development:
    """One attempt at one picture."""

    def __init__(self, image: Image, worker: str):
        self.image, self.worker = image, worker
        self._checked = self._renewed = monotonic()
        self._shown = 0.0

    def run(self) -> None:
        provider = catalogue.provider("image", self.image.connection)
        with closing(provider.make(_job(self.image))) as steps:
            for step in steps:
                if not self._is_mine():
                    return
                match step:
                    case Picture():
                        _keep(self.image, self.worker, step)
                        return
                    case Progress(fraction=fraction) if fraction is not None:
                        self._show(step)
                    case Submitted(handle=handle):
                        _remember(self.image, self.worker, handle)
        raise ProviderError("bad_reply", ENDED, permanent=False)

    def _is_mine(self) -> bool:
        """Whether to go on: a cancelled image, or one that another worker took over, is let go."""
        moment = monotonic()
        if moment - self._renewed > config().lease / 3:
            self._renewed = moment
            claims.renew(self.image, self.worker)
        if moment - self._checked > CHECK_EVERY:
            self._checked = moment
            return claims.still_mine(self.image, self.worker)
        return True

    def _show(self, progress: Progress) -> None:
        """Tell everybody how far it is, four times a second at most."""
        if monotonic() - self._shown < SHOW_EVERY:
            return
        self._shown = monotonic()
        data = {"image_id": self.image.id, "attempt": self.image.attempt, "fraction": round(progress.fraction, 4)}
        if progress.steps:
            data |= {"step": progress.step, "steps": progress.steps}
        if progress.preview:
            data["preview"] = _data_uri(progress.preview)
        publisher.whisper(self.image.workspace_id, "image.progress", **data)


def _job(image: Image) -> ImageJob:
    parent = db.session.get(Image, image.parent_id) if image.parent_id and image.strength is not None else None
    return ImageJob(
        task_id=f"{image.id}-{image.attempt}",
        model=image.model,
        prompt=image.prompt,
        negative=image.negative,
        seed=image.seed,
        width=image.width,
        height=image.height,
        steps=image.steps,
        cfg_scale=image.cfg_scale,
        sampler=image.sampler,
        strength=image.strength,
        handle=image.handle,
        init_image=storage.get(parent.file_key) if parent and parent.file_key else None,
    )


def _data_uri(preview: bytes) -> str:
    if len(preview) > PREVIEW_BYTES or preview[8:12] != b"WEBP":
        preview = darkroom.preview(preview)
    return "data:image/webp;base64," + base64.b64encode(preview).decode()


def _remember(image: Image, worker: str, handle: str) -> None:
    """Keep the vendor's handle, so that another attempt takes the job up again instead of paying twice."""
    with transaction():
        held = claims.locked(image, worker)
        if held:
            held.handle = handle


def _keep(image: Image, worker: str, picture: Picture) -> None:
    """Store the original as delivered and its thumbnails; the row turns ready if the attempt is still ours."""
    facts, thumbs = darkroom.develop(picture.data)
    media_type = facts["media_type"]
    key = attempts.key_of(image, media_type)
    storage.put(key, picture.data)
    for width, thumb in zip(storage.THUMB_WIDTHS[::-1], thumbs, strict=True):
        storage.put(storage.thumb_key(key, width), thumb)
    with transaction() as tx:
        held = claims.locked(image, worker)
        if held is None:
            attempts.discard(tx, image)
            return
        held.file_key, held.media_type, held.bytes = key, media_type, len(picture.data)
        held.sha256, held.thumbhash = hashlib.sha256(picture.data).hexdigest(), facts["thumbhash"]
        held.width, held.height = facts["width"], facts["height"]
        held.seed = held.seed if picture.seed is None else picture.seed
        held.cost = picture.cost
        held.finish("ready")
        tx.publish(held.workspace_id, "image.updated", None, image=held)
        tx.after(lambda: news.queue(held.author_id))


def _fail(image: Image, worker: str, error: ProviderError) -> None:
    """Wait and try again while that may help, else say why and give the unit back."""
    db.session.rollback()
    with transaction() as tx:
        held = claims.locked(image, worker)
        if held is None:
            return
        attempts.discard(tx, held)
        if error.over:
            held.handle = None
        elif error.unsure and is_in_doubt(held):
            error = unknown()
        if error.permanent or held.tries >= TRIES:
            give_up(tx, held, error)
        else:
            pause = error.retry_after or config().retry_pause * PAUSES.get(error.kind, SHORT)
            held.postpone(now() + timedelta(seconds=min(pause, 300)))
            tx.publish(held.workspace_id, "image.updated", None, image=held)


def is_in_doubt(image: Image) -> bool:
    """Note that an order may have been taken and paid with nothing to find it again by; True when once too often."""
    if image.handle or not catalogue.is_paid(image.connection):
        return False
    image.doubts += 1
    return image.doubts > MOST_DOUBTS


def unknown() -> ProviderError:
    return ProviderError("unknown_outcome", UNKNOWN, permanent=True)


def give_up(tx, image: Image, error: ProviderError) -> None:
    """The image is failed for good, its unit goes back to its author."""
    image.finish("failed", {"kind": error.kind, "message": error.message})
    quota.give_back(image)
    tx.publish(image.workspace_id, "image.updated", None, image=image)
    news.settled(tx, image)
