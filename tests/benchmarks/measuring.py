"""How the figures are taken: CPU seconds and memory of a process, and what others took from it."""

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


class Cost:
    """The CPU seconds, user and system, that a process has used since this was made."""

    def __init__(self, pid: int):
        self.pid = pid
        self.before = self.used()

    def used(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def seconds(self) -> float:
        return self.used() - self.before


def memory(pid: int) -> int:
    """Resident bytes of a process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def waited(pid: int) -> float:
    """Seconds in which a process was ready to run and no processor was free, where the system tells."""
    told = Path(f"/proc/{pid}/schedstat")
    return int(told.read_text().split()[1]) / 1e9 if told.exists() else 0.0
