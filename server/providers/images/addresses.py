"""Which addresses a vendor may send us to, and the sockets that hold to it (SSRF)."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

import httpcore

from server.errors import ProviderError
from server.providers.images.patience import Patience

SLICE = 0.2
ATTEMPTS = 3
# Global by the registry, yet they lead inwards: NAT64, 6to4 and its relays, Teredo, clouds' metadata.
INWARD = [
    ipaddress.ip_network(network)
    for network in (
        "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96",
        "192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32",
    )
]  # fmt: skip


def refused() -> ProviderError:
    return ProviderError("bad_reply", "The image server pointed to an address that may not be fetched.", permanent=True)


def is_public(address: str) -> bool:
    """Whether a numeric address is reachable by everyone: not private, local, shared, mapped or multicast."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    odd = ip.is_multicast or ip.is_reserved or getattr(ip, "is_site_local", False)
    return ip.is_global and not odd and not any(ip in network for network in INWARD if network.version == ip.version)


class GuardedBackend(httpcore.SyncBackend):
    """Resolves once, refuses inward addresses unless the host and port are the operator's, and connects to
    what it checked."""

    def __init__(self, trusted: tuple[str, int], resolve: Callable = socket.getaddrinfo):
        self._trusted = trusted
        self._resolve = resolve

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        addresses = self._addresses(host, port)
        if (host, port) != self._trusted and not all(map(is_public, addresses)):
            raise refused()
        return self._connect(addresses, port, timeout, socket_options)

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = self._resolve(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(str(error)) from error
        return list(dict.fromkeys(entry[4][0] for entry in found))

    def _connect(self, addresses: list[str], port: int, timeout, socket_options) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError("no address")
        for address in addresses[:ATTEMPTS]:
            try:
                stream = super().connect_tcp(address, port, timeout=timeout, socket_options=socket_options)
                return PatientStream(stream)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


class PatientStream(httpcore.NetworkStream):
    """Reads in short slices while a Patience is lent, so that another thread can stop it."""

    def __init__(self, stream: httpcore.NetworkStream):
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        patience = Patience.current()
        if patience is None:
            return self._stream.read(max_bytes, timeout)
        while True:
            try:
                data = self._stream.read(max_bytes, min(SLICE, patience.left()))
            except httpcore.ReadTimeout:
                continue
            patience.heard()
            return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context, server_hostname=None, timeout=None) -> "PatientStream":
        return PatientStream(self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
