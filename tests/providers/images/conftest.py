"""Contract servers, one process a vendor, made polite again before each test."""

import pytest

from tests.contract import Server, contract_server


def server_of(name: str):
    @pytest.fixture(scope="session")
    def process():
        with contract_server(name) as server:
            yield server

    return process


def polite(name: str):
    @pytest.fixture
    def server(request) -> Server:
        server = request.getfixturevalue(f"{name}_process")
        server.reset()
        return server

    return server


a1111_process, a1111 = server_of("a1111"), polite("a1111")
openai_process, openai = server_of("openai"), polite("openai")
bfl_process, bfl = server_of("bfl"), polite("bfl")
