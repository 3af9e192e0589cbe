"""Here the product is what `docker-compose.yml` describes, behind nginx."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.postgres import postgres
from tests.production.town import Town


@pytest.fixture(scope="package")
def product() -> Iterator[Town]:
    """nginx's own user reads the pictures, as in its container: the folder is open to it."""
    with postgres() as database, tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        database.run("createdb", "-h", "127.0.0.1", "-p", str(database.port), "-U", "emulsion", "emulsion")
        town = Town(Path(folder), database)
        try:
            yield town.start()
        finally:
            town.stop()
