"""A person's HTTP door: cookies, the CSRF token and a right Origin."""

import itertools
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import httpx

PASSWORD = "a quiet red fox in rain"
ADDRESSES = itertools.count(2)


class Client:
    """Answers are parsed JSON (None when empty). Each client comes from a loopback address of its own."""

    def __init__(self, base_url: str):
        self.base_url = base_url
        own = f"127.0.{next(ADDRESSES) % 250 + 1}.2" if sys.platform == "linux" else None
        transport = httpx.HTTPTransport(local_address=own)
        self.http = httpx.Client(base_url=base_url, transport=transport, headers={"Origin": base_url}, timeout=15)
        self.user: dict | None = None
        self.csrf_token: str | None = None

    def register(self, name: str, password: str = PASSWORD) -> dict:
        """Make an account and be signed in with it."""
        email = f"{name.lower().replace(' ', '.')}.{uuid.uuid4().hex[:8]}@example.com"
        answer = self.post("/api/auth/register", {"email": email, "password": password, "name": name})
        return self.become(answer["user"])

    def login(self, email: str, password: str = PASSWORD) -> dict:
        return self.become(self.post("/api/auth/login", {"email": email, "password": password})["user"])

    def become(self, user: dict) -> dict:
        self.user, self.csrf_token = user, None
        return user

    def workspace(self, name: str = "Foxes") -> dict:
        return self.post("/api/workspaces", {"name": name})["workspace"]

    def get(self, path: str, *, status: int | None = None, **query):
        return self.send("GET", path, status=status, params=query)

    def post(self, path: str, body: object = None, *, status: int | None = None):
        return self.send("POST", path, status=status, json={} if body is None else body)

    def patch(self, path: str, body: object, *, status: int | None = None):
        return self.send("PATCH", path, status=status, json=body)

    def put(self, path: str, body: object, *, status: int | None = None):
        return self.send("PUT", path, status=status, json=body)

    def delete(self, path: str, *, status: int | None = None):
        return self.send("DELETE", path, status=status)

    def send(self, method: str, path: str, *, status: int | None = None, **options):
        """One request; the status must be the expected one, or any 2xx when none is named."""
        answer = self.raw(method, path, **options)
        right = answer.status_code == status if status else answer.is_success
        assert right, f"{method} {path} answered {answer.status_code}, not {status or '2xx'}: {answer.text[:500]}"
        return answer.json() if answer.content and "json" in answer.headers.get("content-type", "") else None

    def raw(self, method: str, path: str, **options) -> httpx.Response:
        """The whole response, whatever its status."""
        if method not in ("GET", "HEAD"):
            options["headers"] = {"X-CSRFToken": self.token(), **options.get("headers", {})}
        return self.http.request(method, path, **options)

    def token(self) -> str:
        if self.csrf_token is None:
            self.csrf_token = self.http.get("/api/session").json()["csrf_token"]
        return self.csrf_token

    def cookie(self) -> str:
        """The Cookie header of this person, for other doors."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)

    def browser_cookies(self) -> list[dict]:
        """The same cookies in Playwright's form."""
        return [{"name": cookie.name, "value": cookie.value, "url": self.base_url} for cookie in self.http.cookies.jar]

    def close(self) -> None:
        self.http.close()


@contextmanager
def newcomers(base_url: str) -> Iterator[Callable[[str], Client]]:
    """`make("Ada")` is somebody with a fresh account there, signed in; the end closes them all."""
    with ExitStack() as stack:

        def make(name: str) -> Client:
            client = Client(base_url)
            stack.callback(client.close)
            client.register(name)
            return client

        yield make
