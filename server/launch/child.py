"""One supervised process, in a session of its own."""

import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from server.launch.process import kill_group

LONG_LIFE = 5.0
LONGEST_PAUSE = 10.0


@dataclass
class Child:
    """A command that is started again whenever it ends; it waits longer each time it dies young."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] | None = None
    files: tuple[int, ...] = ()
    ends_last: bool = False
    log: str | None = None
    process: subprocess.Popen | None = field(default=None, init=False)
    born: float = field(default=0.0, init=False)
    due: float = field(default=0.0, init=False)
    early_deaths: int = field(default=0, init=False)

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process else None

    def start(self) -> None:
        output = open(self.log, "ab") if self.log else None  # noqa: SIM115 (closed below, after the fork)
        try:
            self.process = subprocess.Popen(
                self.command, env=self.environment, stdin=subprocess.DEVNULL, stdout=output,
                stderr=subprocess.STDOUT if output else None, pass_fds=self.files, start_new_session=True,
            )
        finally:
            if output:
                output.close()
        self.born = time.monotonic()

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def bury(self) -> str:
        """Note the death, decide when to start again, and say it in a sentence."""
        how, lived = self.process.returncode, time.monotonic() - self.born
        self.process = None
        self.early_deaths = 0 if lived > LONG_LIFE else self.early_deaths + 1
        pause = min(0.1 * 2**self.early_deaths, LONGEST_PAUSE) if self.early_deaths > 1 else 0.0
        self.due = time.monotonic() + pause
        reason = f"was ended by {signal.Signals(-how).name}" if how < 0 else f"ended with status {how}"
        return f"{self.name} {reason}; starting it again" + (f" in {pause:.0f} s." if pause >= 1 else ".")

    def ask_to_end(self) -> None:
        """Tell the process itself; it looks after what it has started."""
        if self.process is not None:
            self.process.terminate()

    def clear_away(self) -> None:
        """Kill what is left of the whole group, also when the process itself is gone."""
        if self.process is not None:
            kill_group(self.process.pid)
