"""What people do with an image: star, tag, delete, restore, cancel, try again."""

from server.actions import access, generations
from server.actions.transaction import transaction
from server.errors import Conflict
from server.extensions import db, now
from server.models import Generation, Image, ImageStar, User
from server.protocol.requests import ChangeImage


def change(user: User, image_id: str, request: ChangeImage) -> Image:
    """Anyone in the room stars for themselves; editors tag."""
    with transaction() as tx:
        image = access.row(user, Image, image_id, "editor" if request.tags is not None else "viewer", lock=True)
        if request.tags is not None:
            image.tags = list(dict.fromkeys(request.tags))
        if request.starred is not None:
            _star(user, image, request.starred)
        tx.publish(image.workspace_id, "image.updated", user.id, image=image)
    return image


def delete(user: User, image_id: str) -> None:
    """Soft: the group can bring it back. One that is still being made is cancelled."""
    with transaction() as tx:
        image = access.row(user, Image, image_id, lock=True)
        if image.is_unfinished:
            generations.stop(tx, user, image)
        image.deleted_at, image.deleted_by = now(), user.id
        tx.publish(image.workspace_id, "image.deleted", user.id, id=image.id)


def restore(user: User, image_id: str) -> Image:
    with transaction() as tx:
        image = access.row(user, Image, image_id, trash=True, lock=True)
        if image.deleted_at is None:
            return image
        image.deleted_at, image.deleted_by = None, None
        tx.publish(image.workspace_id, "image.restored", user.id, image=image)
    return image


def cancel(user: User, image_id: str) -> Image:
    with transaction() as tx:
        image = access.row(user, Image, image_id, lock=True)
        if not image.is_unfinished:
            raise Conflict("This image is already finished.")
        generations.stop(tx, user, image)
    return image


def retry(user: User, image_id: str) -> tuple[Generation | None, list[Image]]:
    """A failed or cancelled image waits again in its place; a ready one is made anew with another seed."""
    image = access.row(user, Image, image_id)
    if image.status == "ready":
        return generations.again(user, image)
    with transaction() as tx:
        image = access.row(user, Image, image_id, lock=True)
        if image.is_unfinished:
            raise Conflict("This image is already on its way.")
        generations.requeue(tx, user, [image])
    return None, [image]


def _star(user: User, image: Image, starred: bool) -> None:
    mine = next((star for star in image.stars if star.user_id == user.id), None)
    if starred and mine is None:
        image.stars.append(ImageStar(image_id=image.id, user_id=user.id))
        image.stars.sort(key=lambda star: star.user_id)
    elif not starred and mine is not None:
        image.stars.remove(mine)
        db.session.delete(mine)
