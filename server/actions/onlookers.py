"""Who looks at the desk, takes lists or the own data along, or is turned away: each leaves a line in the log."""

from time import monotonic

from server.actions import audit
from server.actions.transaction import transaction
from server.models import User

ONCE_IN = 600.0
_noted: dict[str, float] = {}


def look_at(operator: User, name: str) -> None:
    """The desk itself or a list of it: one line in ten minutes, however often it is read anew."""
    if _is_first(f"{operator.id} {name}"):
        with transaction() as tx:
            audit.note(tx, "desk.seen", operator.id, list=name)


def take_along(operator: User, name: str) -> None:
    """Somebody downloads a list."""
    with transaction() as tx:
        audit.note(tx, "list.taken", operator.id, list=name)


def take_own(person: User) -> None:
    """Somebody downloads what is kept of them."""
    with transaction() as tx:
        audit.note(tx, "account.exported", person.id)


def turn_away(person: User) -> None:
    """Somebody who is signed in and no superuser tries the door: one line in ten minutes."""
    if _is_first(person.id):
        with transaction() as tx:
            audit.note(tx, "desk.refused", person.id)


def _is_first(glance: str) -> bool:
    """Whether this process has not noted it lately; from now on it has."""
    moment = monotonic()
    for name in [name for name, until in _noted.items() if until <= moment]:
        del _noted[name]
    if glance in _noted:
        return False
    _noted[glance] = moment + ONCE_IN
    return True
