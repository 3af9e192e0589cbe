"""One durable change: the state, its events and their numbers commit together; news and bells follow.

Nothing leaves before the commit, and what follows the commit never raises.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy import update

from server import queue
from server.extensions import db, now
from server.models import Workspace, WorkspaceEvent
from server.protocol import events
from server.realtime import publisher

log = structlog.get_logger()


class Transaction:
    def __init__(self):
        self._events: list[tuple[str, str, str | None, dict]] = []
        self._seqs: dict[str, int] = {}
        self._after: list[Callable[[], None]] = []

    def publish(self, workspace_id: str, type: str, actor_id: str | None, **data) -> None:
        """Tell the room. Rows among `data` travel as they are when the transaction ends."""
        self._events.append((workspace_id, type, actor_id, data))

    def ring(self, bell: str, times: int = 1) -> None:
        self.after(lambda: queue.ring(bell, times))

    def tell(self, user_id: str, name: str, **data) -> None:
        """Send an ephemeral event to one person's tabs after the commit."""
        self.after(lambda: publisher.tell(user_id, name, **data))

    def after(self, work: Callable[[], None]) -> None:
        self._after.append(work)

    def seal(self) -> None:
        """Number the events; the row locks are taken last and in one order, so commit order is seq order."""
        db.session.flush()
        for workspace_id in sorted({event[0] for event in self._events}):
            self._number(workspace_id, [event for event in self._events if event[0] == workspace_id])

    def announce(self) -> None:
        for workspace_id, seq in self._seqs.items():
            self._quietly(lambda id=workspace_id, seq=seq: publisher.poke(id, seq))
        for work in self._after:
            self._quietly(work)

    def _number(self, workspace_id: str, batch: list) -> None:
        bodies = [{name: _travel(value) for name, value in data.items()} for _, _, _, data in batch]
        query = update(Workspace).where(Workspace.id == workspace_id).values(seq=Workspace.seq + len(batch))
        last = db.session.execute(query.returning(Workspace.seq)).scalar_one()
        moment = now()
        for number, ((_, type, actor_id, _), body) in enumerate(zip(batch, bodies, strict=True), last - len(batch) + 1):
            events.check_durable(type, body)
            db.session.add(
                WorkspaceEvent(
                    workspace_id=workspace_id, seq=number, type=type, payload=body, actor_id=actor_id, created_at=moment
                )
            )
        db.session.flush()
        self._seqs[workspace_id] = last

    @staticmethod
    def _quietly(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:
            log.exception("after-commit work failed")


def _travel(value):
    if isinstance(value, list):
        return [_travel(item) for item in value]
    return value.to_payload() if hasattr(value, "to_payload") else value


@contextmanager
def transaction() -> Iterator[Transaction]:
    """Commit what the block changed together with its events, or nothing of it."""
    tx = Transaction()
    db.session.commit()
    db.session.connection(execution_options={"immediate": True})
    try:
        yield tx
        tx.seal()
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    tx.announce()
