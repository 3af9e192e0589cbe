import socket
import threading

import httpcore
import httpx
import pytest

from server.errors import ProviderError
from server.providers.connection import Connection
from server.providers.images.addresses import GuardedBackend, is_public
from server.providers.images.wire import Wire, is_kin

HOSTS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "0",
    "0.0.0.0", "127.255.255.254", "10.0.0.7", "172.16.0.1", "172.31.255.254", "192.168.1.1", "169.254.169.254",
    "2852039166", "0xa9fea9fe", "169.254.170.2", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1",
    "198.18.0.1", "198.51.100.1", "203.0.113.5", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "192.88.99.1", "168.63.129.16", "::1", "::", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.7",
    "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:7", "2002:7f00:1::",
    "2002:a9fe:a9fe::", "2001:0:7f00:1::", "fd00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1",
    "2001:db8::1", "100::1", "localhost", "LOCALHOST", "localhost.",
]  # fmt: skip
URLS = [
    "http://127.0.0.1:{port}/x", "https://127.0.0.1:{port}/x", "https://localhost:{port}/x", "https://127.0.0.1/x",
    "https://[::1]:{port}/x", "https://[::1]/x", "https://[::ffff:127.0.0.1]/x", "https://2130706433/x",
    "https://0x7f.1/x", "https://0177.0.0.1/x", "https://127.1/x", "https://169.254.169.254/latest/meta-data/",
    "https://me:pass@127.0.0.1:{port}/x", "https://example.com@127.0.0.1:{port}/x",
    "https://127.0.0.1:{port}#@example.com/", "https://127.0.0.1:{port}\\@example.com/",
    "https://127.0.0.1%00.example.com/", "https://①②⑦.⓪.⓪.①/x", "https://127。0。0。1/x", "https://ⓛocalhost/x",
    "ftp://127.0.0.1:{port}/x", "gopher://127.0.0.1:{port}/x", "file:///etc/passwd", "dict://127.0.0.1:{port}/x",
    "data:text/plain,x", "javascript:alert(1)", "unix:///tmp/x", "HTTP://127.0.0.1:{port}/x", " http://127.0.0.1:{port}",
    "https://[::1", "https://", "https:///x", "", "x", "https://127.0.0.1:99999/", "https://\t127.0.0.1:{port}/",
    "https://127.0.0.1:{port}/\r\nhost: x", "https://" + "a" * 300 + "/", "https://" + "a" * 70_000,
    "https://[fe80::1%25lo]/x", None, 7, {"url": "https://127.0.0.1"},
]  # fmt: skip


class Canary:
    """A listener on both loopbacks that counts who comes."""

    def __init__(self):
        self.visits = 0
        self._four = socket.create_server(("127.0.0.1", 0))
        self.port = self._four.getsockname()[1]
        self._sockets = [self._four]
        if socket.has_dualstack_ipv6():
            self._sockets.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))
        for listener in self._sockets:
            threading.Thread(target=self._count, args=(listener,), daemon=True).start()

    def _count(self, listener: socket.socket) -> None:
        while True:
            try:
                visitor, _ = listener.accept()
            except OSError:
                return
            self.visits += 1
            visitor.close()

    def close(self) -> None:
        for listener in self._sockets:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()


@pytest.fixture(scope="module")
def canary():
    canary = Canary()
    yield canary
    canary.close()


@pytest.fixture
def wire():
    return Wire(Connection("v", "bfl", "https://vendor.example", "secret"))


def test_the_matrix_is_wide():
    assert len(HOSTS) + len(URLS) >= 90


@pytest.mark.parametrize("host", HOSTS)
def test_an_inward_host_is_never_connected_to(canary, host):
    with pytest.raises((ProviderError, httpcore.ConnectError)):
        GuardedBackend(("vendor.example", 443)).connect_tcp(host, canary.port, timeout=2)
    assert canary.visits == 0


@pytest.mark.parametrize("url", URLS, ids=lambda url: str(url)[:40])
def test_an_address_from_a_vendor_never_leads_inwards(canary, wire, url):
    with pytest.raises(ProviderError):
        wire.fetch(url.format(port=canary.port) if isinstance(url, str) else url)
    assert canary.visits == 0


def test_a_name_with_one_inward_address_among_public_ones_is_refused(canary):
    backend = GuardedBackend(("vendor.example", 443), resolve=answering("93.184.216.34", "127.0.0.1"))
    with pytest.raises(ProviderError):
        backend.connect_tcp("two-faced.example", canary.port, timeout=2)
    assert canary.visits == 0


def test_a_name_is_resolved_once_and_that_address_is_used():
    canary, asked = Canary(), []
    backend = GuardedBackend(("gpu.local", canary.port), resolve=answering("127.0.0.1", asked=asked))
    backend.connect_tcp("gpu.local", canary.port, timeout=2).close()
    assert asked == ["gpu.local"]
    canary.close()


def test_the_operators_own_port_is_trusted_and_its_neighbour_is_not(canary):
    backend = GuardedBackend(("127.0.0.1", canary.port + 1))
    with pytest.raises(ProviderError):
        backend.connect_tcp("127.0.0.1", canary.port, timeout=2)
    assert canary.visits == 0


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://api.eu.bfl.ai/v1/get_result?id=1", True),
        ("https://bfl.ai/", True),
        ("http://api.bfl.ai/", False),
        ("https://evilbfl.ai/", False),
        ("https://bfl.ai.evil.example/", False),
        ("https://delivery.example/", False),
    ],
)
def test_the_key_goes_only_to_kin(url, known):
    assert is_kin(httpx.URL(url), "bfl.ai") is known


def answering(*addresses: str, asked: list | None = None):
    def resolve(host, port, **_):
        if asked is not None:
            asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return resolve
