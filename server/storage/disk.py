"""Files on a local disk, each written whole or not at all."""

import os
from pathlib import Path
from secrets import token_hex


class Disk:
    """Keys are relative paths made by us, such as `ab/<image id>-1.png`."""

    _root: Path

    def init_app(self, root: Path) -> None:
        self._root = root

    def path(self, key: str) -> Path:
        return self._root / key

    @staticmethod
    def thumb_key(key: str, width: int) -> str:
        """Where the thumbnail of an original lies; `width` is that of its long edge."""
        return f"{key.rsplit('.', 1)[0]}.{width}.webp"

    def put(self, key: str, data: bytes) -> None:
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{token_hex(4)}")
        with open(draft, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)

    def get(self, key: str) -> bytes:
        return self.path(key).read_bytes()

    def remove(self, key: str) -> None:
        self.path(key).unlink(missing_ok=True)
