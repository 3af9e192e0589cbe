"""What superusers do to accounts, images and letters. Each act writes its line into the audit log."""

from datetime import timedelta

from server.actions import audit, generations, news, passwords, plans, signins
from server.actions.transaction import Transaction, transaction
from server.errors import Conflict, Invalid, NotFound
from server.extensions import config, db, now
from server.mail import letters
from server.models import Image, Mail, Session, User
from server.models.columns import iso
from server.protocol.desk import ChangePerson, Confirm
from server.realtime import publisher

SURE_FOR = timedelta(minutes=10)


def confirm(operator: User, session: Session, request: Confirm) -> Session:
    """Believe for ten minutes that this sign-in is still used by whom it belongs to."""
    try:
        passwords.check_current(operator, request.password, field="password")
    except Invalid:
        with transaction() as tx:
            audit.note(tx, "confirm_refused", operator.id)
        raise
    with transaction() as tx:
        session.sure_until = now() + SURE_FOR
        audit.note(tx, "confirmed", operator.id)
    return session


def change(operator: User, user_id: str, request: ChangePerson) -> User:
    """Close or open an account, give it a plan or another number of images a day, make it a superuser or not; nobody
    locks themselves out."""
    if user_id == operator.id and (request.disabled or request.is_superuser is False):
        raise Conflict("You cannot close your own account or stop being a superuser here. Ask another superuser.")
    with transaction() as tx:
        user = _person(user_id)
        if request.disabled is not None and request.disabled != bool(user.disabled_at):
            _close(tx, operator, user) if request.disabled else _open(tx, operator, user)
        if request.plan is not None:
            plans.put(tx, user, request.plan, operator.id)
        if "daily_images" in request.model_fields_set and request.daily_images != user.daily_images:
            _allow(tx, operator, user, request.daily_images)
        if request.is_superuser is not None and request.is_superuser != user.is_superuser:
            _crown(tx, operator, user, request.is_superuser)
    return user


def standing(user: User) -> dict:
    """What of an account is changed at the desk."""
    return {"plan": user.plan, "daily_images": user.daily_images, "disabled_at": iso(user.disabled_at)}


def sign_out(operator: User, user_id: str) -> None:
    """End every sign-in of a person."""
    with transaction() as tx:
        user = _person(user_id)
        signins.end_all(tx, user)
        audit.note(tx, "user.signed_out", operator.id, user.id)


def cancel_image(operator: User, image_id: str) -> Image:
    with transaction() as tx:
        image = _image(image_id)
        if not image.is_unfinished:
            raise Conflict("This image is already finished.")
        generations.stop(tx, operator, image)
        audit.note(tx, "image.cancelled", operator.id, image.id)
    return image


def retry_image(operator: User, image_id: str) -> Image:
    """Put a failed or cancelled image into the queue again, on its author's account."""
    with transaction() as tx:
        image = _image(image_id)
        generations.requeue(tx, db.session.get(User, image.author_id), [image])
        audit.note(tx, "image.retried", operator.id, image.id)
    return image


def send_again(operator: User, mail_id: str) -> Mail:
    """Put a letter on its way once more; one that held a secret gets a new one."""
    if not config().mail_url:
        raise Conflict("No mail server is set, so letters are only kept here. Set MAIL_URL.")
    with transaction() as tx:
        mail = _letter(mail_id)
        if mail.status == "waiting":
            raise Conflict("This letter is already on its way.")
        mail.tries = 0
        mail.wait()
        tx.ring("mail")
        audit.note(tx, "mail.sent_again", operator.id, mail.id)
    return mail


def is_secret(mail_id: str) -> bool:
    """Whether a letter holds a link that opens somebody's account."""
    return letters.is_secret(_letter(mail_id).kind)


def read_letter(operator: User, mail_id: str) -> Mail:
    """A letter with its words."""
    with transaction() as tx:
        mail = _letter(mail_id)
        audit.note(tx, "mail.read", operator.id, mail.id)
    return mail


def _close(tx: Transaction, operator: User, user: User) -> None:
    user.disabled_at = now()
    signins.end_all(tx, user)
    audit.note(tx, "user.disabled", operator.id, user.id)


def _open(tx: Transaction, operator: User, user: User) -> None:
    user.disabled_at = None
    audit.note(tx, "user.enabled", operator.id, user.id)


def _allow(tx: Transaction, operator: User, user: User, daily_images: int | None) -> None:
    audit.note(tx, "user.quota", operator.id, user.id, before=user.daily_images, after=daily_images)
    user.daily_images = daily_images
    news.spent(tx, user)


def _crown(tx: Transaction, operator: User, user: User, is_superuser: bool) -> None:
    user.is_superuser = is_superuser
    if not is_superuser:
        tx.after(lambda: publisher.cut(publisher.room_of_watcher(user.id)))
    audit.note(tx, "user.raised" if is_superuser else "user.lowered", operator.id, user.id)


def _person(user_id: str) -> User:
    user = User.locked(user_id)
    if user is None or user.purged_at:
        raise NotFound("There is no such account.")
    return user


def _image(image_id: str) -> Image:
    image = db.session.get(Image, image_id, populate_existing=True, with_for_update={"of": Image})
    if image is None or image.deleted_at:
        raise NotFound("There is no such image, or it was deleted.")
    return image


def _letter(mail_id: str) -> Mail:
    mail = db.session.get(Mail, mail_id)
    if mail is None:
        raise NotFound("There is no such letter, or it was forgotten after a month.")
    return mail
