"""Files on a local disk, each written whole or not at all."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex


class Disk:
    """Keys are relative paths made by us, such as `ab/<image id>-1.png`."""

    THUMB_WIDTHS = (384, 768)  # of the long edges of an original's thumbnails
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

    def adopt(self, key: str, file: Path) -> None:
        """Keep a file that lies elsewhere on our disks; it may be removed there afterwards. Then call `settle`."""
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        try:
            os.link(file, path)
        except OSError:
            shutil.copyfile(file, path)

    @staticmethod
    def settle() -> None:
        """Wait until all that was adopted would outlive a loss of power."""
        os.sync()

    def settle_few(self, keys: Iterable[str]) -> None:
        """The same for these files, without what everybody else on this machine has to write."""
        files = [self.path(key) for key in keys]
        for path in {*files, *(file.parent for file in files)}:
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def get(self, key: str) -> bytes:
        return self.path(key).read_bytes()

    def remove_kin(self, stem: str) -> None:
        """Remove an original, its thumbnails and half-written drafts: all whose names begin with the stem and a dot."""
        folder, name = self.path(stem).parent, self.path(stem).name
        for path in [*folder.glob(f"{name}.*"), *folder.glob(f".{name}.*")]:
            path.unlink(missing_ok=True)

    def remove_all(self, folder: str) -> None:
        """Remove everything whose key begins with `folder` and a slash."""
        shutil.rmtree(self.path(folder), ignore_errors=True)
