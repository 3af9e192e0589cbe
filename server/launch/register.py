"""Which processes run on a data folder: `run/processes.json`, held by a lock, read by the next start after a crash."""

import fcntl
import json
import os
import time
from collections.abc import Mapping
from pathlib import Path

from server.launch.process import birth, kill_group, terminate
from server.launch.refusal import Refusal


class Register:
    """The processes of one supervisor; a second supervisor on the same folder is refused."""

    def __init__(self, data_dir: Path):
        self.folder = data_dir / "run"
        self.path = self.folder / "processes.json"
        self.folder.mkdir(parents=True, exist_ok=True)

    def take(self) -> None:
        """Hold the folder for as long as this process lives, and end what a dead supervisor left behind."""
        self.lock = open(self.folder / "lock", "a")  # noqa: SIM115 (held until the process ends)
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            where = self.read().get("address", "another address")
            raise Refusal(f"Emulsion already runs on this data folder, at {where}.") from None
        end_leftovers(self.read().get("processes", {}))

    def join(self) -> None:
        """Work on the folder beside others for as long as this process lives, and not while it is being restored."""
        self._sit(fcntl.LOCK_SH, "A backup is being put into this data folder. Start again afterwards.")

    def clear_out(self) -> None:
        """Have the folder for oneself: no supervisor holds it, and no process that was started without one."""
        self.take()
        self._sit(fcntl.LOCK_EX, "A web process, a worker or a command still works on this data folder.")

    def _sit(self, kind: int, otherwise: str) -> None:
        seat = os.open(self.folder / "seats", os.O_RDWR | os.O_CREAT, 0o600)  # held until the process ends
        try:
            fcntl.flock(seat, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(otherwise) from None

    def read(self) -> dict:
        try:
            return json.loads(self.path.read_text())
        except (FileNotFoundError, ValueError):
            return {}

    def write(self, address: str, pids: Mapping[str, int]) -> None:
        """Record who runs now; the birth time tells our process from a later one with the same number."""
        processes = {name: {"pid": pid, "born": birth(pid)} for name, pid in pids.items()}
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps({"address": address, "supervisor": os.getpid(), "processes": processes}, indent=1))
        fresh.replace(self.path)

    def clear(self) -> None:
        self.path.unlink(missing_ok=True)


def end_leftovers(processes: Mapping[str, Mapping]) -> None:
    """End the processes of a supervisor that was killed; only those that are still the recorded ones."""
    ours = [entry["pid"] for entry in processes.values() if entry["born"] and birth(entry["pid"]) == entry["born"]]
    for end, patience in ((terminate, 5.0), (kill_group, 2.0)):
        for pid in ours:
            end(pid)
        deadline = time.monotonic() + patience
        while any(birth(pid) for pid in ours) and time.monotonic() < deadline:
            time.sleep(0.05)
