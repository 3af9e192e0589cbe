"""Reads the event table for the rooms that have sockets in this process, and delivers in order.

A poke makes it look at once; without any it looks at all rooms each `sweep_period`, in one query. So a lost
poke or two racing workers cost at most one period and never an event. While Redis is away no poke can come,
and each attempt to reach it is a reason to look.
"""

import threading
from collections.abc import Callable
from time import monotonic

import structlog
from flask import Flask
from sqlalchemy import select

from server.extensions import config, db, socketio
from server.models import Workspace, WorkspaceEvent
from server.realtime import publisher

BATCH = 500
BREATH = 50
log = structlog.get_logger()


class Feed:
    def __init__(self):
        self._sent: dict[str, int] = {}
        self._epochs: dict[str, str] = {}
        self._dirty: set[str] = set()
        self._doubt = self._asked = False
        self._wake = threading.Event()

    def start(self, app: Flask, heed: Callable[[dict], None]) -> None:
        """`heed` gets each event after it was delivered here."""
        self._heed = heed
        socketio.start_background_task(self._run, app)

    def open(self, workspace_id: str, seq: int, epoch: str) -> None:
        """A room has its first socket here: deliver what comes after `seq`."""
        self._epochs.setdefault(workspace_id, epoch)
        if self._sent.setdefault(workspace_id, seq) < seq:
            self.poke({"workspace_id": workspace_id})

    def close(self, workspace_id: str) -> None:
        self._sent.pop(workspace_id, None)
        self._epochs.pop(workspace_id, None)

    def poke(self, word: dict) -> None:
        """Look at one room now."""
        if word["workspace_id"] in self._sent:
            self._dirty.add(word["workspace_id"])
            self._wake.set()

    def doubt(self) -> None:
        """Something may have been missed: look at every room now, and say where each stands."""
        self._doubt = True
        self._wake.set()

    def look(self) -> None:
        """Pokes cannot be heard: look for news in every room now."""
        self._asked = True
        self._wake.set()

    def _run(self, app: Flask) -> None:
        with app.app_context():
            sweep, head = config().sweep_period, config().head_period
        next_sweep, next_head = 0.0, monotonic() + head
        while True:
            self._wake.wait(max(0.0, next_sweep - monotonic()))
            self._wake.clear()
            heads = self._doubt or monotonic() >= next_head
            try:
                with app.app_context():
                    if heads or self._asked or monotonic() >= next_sweep:
                        self._sweep(heads)
                        next_sweep = monotonic() + sweep
                        next_head = monotonic() + head if heads else next_head
                    self._deliver()
            except Exception:
                log.exception("feed failed")
                socketio.sleep(0.2)

    def _sweep(self, heads: bool) -> None:
        """Find the rooms with news, whatever pokes were lost."""
        self._doubt = self._asked = False
        rooms = list(self._sent)
        for start in range(0, len(rooms), BATCH):
            query = select(Workspace.id, Workspace.seq, Workspace.epoch)
            for id, seq, epoch in db.session.execute(query.where(Workspace.id.in_(rooms[start : start + BATCH]))):
                self._look(id, seq, epoch, heads)

    def _look(self, id: str, seq: int, epoch: str, head: bool) -> None:
        if id not in self._sent:
            return
        if epoch != self._epochs[id]:
            self._epochs[id], self._sent[id], head = epoch, seq, True
        elif seq > self._sent[id]:
            self._dirty.add(id)
        if head:
            publisher.whisper_here(id, "head", seq=seq, epoch=epoch)

    def _deliver(self) -> None:
        while self._dirty:
            workspace_id = self._dirty.pop()
            while (sent := self._sent.get(workspace_id)) is not None:
                events = WorkspaceEvent.after(workspace_id, sent, BATCH)
                for turn, event in enumerate(events, 1):
                    self._pass_on(event)
                    if turn % BREATH == 0:  # let the sockets write, or a burst would look like slow readers
                        socketio.sleep(0)
                if len(events) < BATCH:
                    break
            db.session.rollback()

    def _pass_on(self, event: WorkspaceEvent) -> None:
        if event.workspace_id not in self._sent:
            return
        envelope = event.to_envelope()
        publisher.deliver(envelope)
        self._sent[event.workspace_id] = event.seq
        self._heed(envelope)


feed = Feed()
