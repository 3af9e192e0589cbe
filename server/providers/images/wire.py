"""The guarded HTTP client that vendors share: bounded, patient, and never led to an inward address."""

import json
import re
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import httpcore
import httpx

from server.errors import ProviderError
from server.providers.connection import Connection
from server.providers.images.addresses import GuardedBackend, refused
from server.providers.images.patience import Patience
from server.providers.images.refusals import bad_reply, refusal

CONNECT = 5.0
WRITE = 30.0
KNOCK = 5.0
HOPS = 3
RESULT = 40 * 1024 * 1024
REPLY = RESULT * 4 // 3 + 1024 * 1024
REFUSAL = 64 * 1024
VERSIONED = re.compile(r"/v\d\w*(/|$)")
PORTS = {"http": 80, "https": 443}

Refuse = Callable[[int, Mapping[str, str], Any], ProviderError]


class Wire:
    """One vendor's server, spoken to from any thread.

    `version` ("/v1") is appended to an address that names none. `headers` (the key) go to the connection's
    own origin only, and to hosts under `kin` ("bfl.ai").
    `refuse` makes the ProviderError of a status that is not 2xx. Every failure is a ProviderError.
    """

    def __init__(
        self,
        connection: Connection,
        default_url: str = "",
        *,
        version: str = "",
        headers: Mapping[str, str] | None = None,
        kin: str | None = None,
        refuse: Refuse = refusal,
        silence: float = 120.0,
    ):
        self.base = base_url(connection.url or default_url, version)
        self.silence = silence
        self._origin = origin(httpx.URL(self.base))
        self._headers = {name: value.encode() for name, value in (headers or {}).items()}
        self._kin = kin
        self._refuse = refuse
        self._client = httpx.Client(
            transport=GuardedTransport(self._origin[1:]),
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(None, connect=CONNECT, write=WRITE, pool=CONNECT),
            headers={"accept-encoding": "identity", "user-agent": "emulsion"},
        )

    def get(self, url: str, patience: Patience | None = None) -> Any:
        """The JSON at a path of ours or at a whole URL that the vendor gave."""
        with self.open("GET", url, patience) as response:
            return read_json(response)

    def post(self, url: str, body: Any, patience: Patience | None = None) -> Any:
        with self.open("POST", url, patience, body) as response:
            return read_json(response)

    def knock(self, url: str) -> None:
        """Raise ProviderError when nobody answers or our key is refused; any other answer will do."""
        try:
            self.get(url, Patience(KNOCK))
        except ProviderError as error:
            if error.kind not in ("bad_reply", "model_not_found", "invalid_parameter"):
                raise

    def fetch(self, url: str, patience: Patience | None = None) -> bytes:
        """The bytes behind a vendor's URL, at most 40 MB, over at most three checked redirects."""
        for _ in range(HOPS + 1):
            with self._exchange("GET", url, patience) as response:
                if response.is_success:
                    return read(response, RESULT)
                if not response.has_redirect_location:
                    raise self._refusal(response)
                url = str(response.url.join(response.headers["location"]))
        raise refused()

    @contextmanager
    def open(self, method: str, url: str, patience: Patience | None = None, body: Any = None):
        """A 2xx httpx.Response whose body is not read yet (SSE); leaving the block drops the connection."""
        with self._exchange(method, url, patience, body) as response:
            if not response.is_success:
                raise self._refusal(response)
            yield response

    def close(self) -> None:
        self._client.close()

    @contextmanager
    def _exchange(self, method: str, url: str, patience: Patience | None, body: Any = None) -> Iterator[httpx.Response]:
        try:
            target = self._target(url)
            with (
                (patience or Patience(self.silence)).lend(),
                self._client.stream(method, target, json=body, headers=self._headers_for(target)) as response,
            ):
                yield response
        except (httpcore.TimeoutException, httpcore.ConnectError):
            raise unreachable() from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError, httpx.StreamError):
            raise broken_off() from None

    def _target(self, url: str) -> httpx.URL:
        """Ours, or https on its usual port without a name and password in it."""
        if not isinstance(url, str):
            raise refused()
        try:
            target = httpx.URL(self.base + url if url.startswith("/") else url)
            host = target.host
        except (httpx.InvalidURL, ValueError):
            raise refused() from None
        if origin(target) != self._origin and (
            target.scheme != "https" or target.port not in (None, 443) or target.userinfo or not host
        ):
            raise refused()
        return target

    def _headers_for(self, target: httpx.URL) -> dict[str, bytes]:
        return self._headers if origin(target) == self._origin or is_kin(target, self._kin) else {}

    def _refusal(self, response: httpx.Response) -> ProviderError:
        try:
            body = read_json(response, REFUSAL)
        except ProviderError:
            body = None
        return self._refuse(response.status_code, response.headers, body)


class GuardedTransport(httpx.BaseTransport):
    """httpx over a pool whose sockets are guarded; errors stay httpcore's."""

    def __init__(self, trusted: tuple[str, int], backend: httpcore.NetworkBackend | None = None):
        self._pool = httpcore.ConnectionPool(
            ssl_context=authorities(),
            network_backend=backend or GuardedBackend(trusted),
            max_connections=64,
            max_keepalive_connections=16,
            keepalive_expiry=20,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=Body(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        self._pool.close()


class Body(httpx.SyncByteStream):
    def __init__(self, stream):
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


@cache
def authorities() -> ssl.SSLContext:
    """The certificate authorities, read once a process: reading them takes longer than a call."""
    return httpx.create_ssl_context(trust_env=False)


def base_url(address: str, version: str = "") -> str:
    """An operator's address made whole: http where no scheme is said, `version` where none is in it."""
    address = address.strip()
    address = (address if "://" in address else f"http://{address}").rstrip("/")
    try:
        url = httpx.URL(address)
        sound = url.scheme in PORTS and bool(url.host)
    except (httpx.InvalidURL, ValueError):
        sound = False
    if not sound:
        words = "The image server's address is none. Whoever runs this place has to check it."
        raise ProviderError("transport", words, permanent=True)
    return address if VERSIONED.search(url.path) else address + version


def is_kin(url: httpx.URL, kin: str | None) -> bool:
    """Whether the key may go to a host that is not ours: over TLS, to `kin` itself or under it."""
    return bool(kin) and url.scheme == "https" and f".{url.host}".endswith(f".{kin}")


def origin(url: httpx.URL) -> tuple[str, str, int]:
    """Scheme, host and port, the port filled in; the host as it is asked of the resolver."""
    return url.scheme, url.raw_host.decode("ascii"), url.port or PORTS.get(url.scheme, 0)


def read(response: httpx.Response, limit: int) -> bytes:
    """The body, counted while it comes; compressed bodies, which we did not ask for, are refused."""
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise bad_reply()
    data = bytearray()
    for chunk in response.iter_raw():
        data += chunk
        if len(data) > limit:
            raise too_large()
    return bytes(data)


def read_json(response: httpx.Response, limit: int = REPLY) -> Any:
    body = read(response, limit)
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise bad_reply() from None


def too_large() -> ProviderError:
    words = "The image server sent more than 40 MB, so we stopped listening."
    return ProviderError("bad_image", words, permanent=False, over=True)


def unreachable() -> ProviderError:
    words = "The image server cannot be reached. Nothing was charged."
    return ProviderError("transport", words, permanent=False)


def broken_off() -> ProviderError:
    words = "The connection to the image server broke off. Nothing was charged."
    return ProviderError("transport", words, permanent=False, unsure=True)
