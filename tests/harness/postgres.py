"""A private PostgreSQL on a free port, in a folder of its own, run by somebody who is not root."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.launch import system
from server.launch.port import unused

SETTINGS = "-c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off -c max_connections=200"


class Postgres:
    """`url` names an empty database; `restart()` ends the server as a crash would and starts it again."""

    def __init__(self, folder: Path):
        self.folder, self.data, self.port = folder, folder / "data", unused()
        self.owner = "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        shutil.chown(folder, self.owner)
        self.run("initdb", "-D", str(self.data), "-U", "emulsion", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()
        self.url = f"postgresql://emulsion@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} {SETTINGS.format(folder=self.folder)}"
        self.run("pg_ctl", "-D", str(self.data), "-l", str(self.folder / "log"), "-w", "-o", options, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")

    def run(self, program: str, *arguments: str) -> None:
        user = {"user": self.owner} if os.geteuid() == 0 else {}
        command = [system.postgres(program), *arguments]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL, **user)


@contextmanager
def postgres() -> Iterator[Postgres]:
    with tempfile.TemporaryDirectory() as folder:
        server = Postgres(Path(folder))
        try:
            yield server
        finally:
            server.stop()
