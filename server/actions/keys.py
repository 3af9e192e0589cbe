"""API keys: several a person, each shown once."""

from server.actions import access, audit
from server.actions.transaction import transaction
from server.errors import Conflict, NotFound
from server.extensions import db
from server.models import ApiKey, User
from server.models.columns import new_id
from server.models.mail_link import digest
from server.protocol.requests import CreateKey

MOST = 20


def create(user: User, request: CreateKey) -> tuple[ApiKey, str]:
    """A key and its secret, which nobody can read again."""
    secret = ApiKey.new_secret()
    with transaction() as tx:
        if access.repeated(ApiKey, request.id, user_id=user.id):
            raise Conflict("This key was made before, and its secret cannot be shown again. Make another one.")
        if len(ApiKey.of_user(user.id)) >= MOST:
            raise Conflict(f"{MOST} keys are the most. Delete one that you do not use.")
        key = ApiKey(
            id=request.id or new_id(),
            user_id=user.id,
            name=request.name,
            scopes=sorted(set(request.scopes)),
            hash=digest(secret),
            last4=secret[-4:],
        )
        db.session.add(key)
        audit.note(tx, "key.made", user.id, key.id, scopes=key.scopes)
    return key, secret


def delete(user: User, key_id: str) -> None:
    """It opens nothing from the next request on."""
    with transaction() as tx:
        key = db.session.get(ApiKey, key_id)
        if key is None or key.user_id != user.id:
            raise NotFound("There is no such key among yours.")
        db.session.delete(key)
        audit.note(tx, "key.deleted", user.id, key.id)
