"""One chat server for the folder, as new for every test."""

from collections.abc import Iterator

import pytest

from tests.contract import Server, contract_server


@pytest.fixture(scope="package")
def running_server() -> Iterator[Server]:
    with contract_server("chat") as server:
        yield server


@pytest.fixture
def server(running_server: Server) -> Server:
    running_server.reset()
    return running_server
