"""What all contract servers share: orders to be rude, a record of what was asked, and the ways to answer badly.

Behaviours of every vendor, by `POST /_script {"behaviour": …, "times": …}` or "rude:…" in the prompt:
`401 402 404 422 429 500 503` (429 with `retry_after`), `moderated` (not A1111), `silent` (never answers), `drip` (a
byte now and then), `drop` (ends in mid-body), `garbage` (no JSON), `gzip` (compressed unasked), `redirect`
(elsewhere), `half` (half a picture), `huge` (50 MB), `page` (HTML for a picture).
Where pictures come by address also `lies` (a picture under a wrong content type), `cut` (ends in mid-picture),
`private`, `metadata` and `plain` (addresses that must not be fetched), `hop` (a redirect to one), `turns` (three
redirects to the picture) and `around` (redirects without end).
"""

import argparse
import gzip
import json
import re
import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEPT = 200
LARGE = 4096
FORBIDDEN = {
    "private": "https://10.0.0.7/picture.png",
    "metadata": "https://169.254.169.254/latest/meta-data/",
    "plain": "http://example.com/picture.png",
}
RUDE = re.compile(r"rude:([\w-]+)")


class Desk:
    """The state of one server, shared by its threads."""

    def __init__(self, **options):
        self.lock = threading.Lock()
        self._defaults = options
        self.reset()

    def reset(self) -> None:
        with self.lock:
            self.options = dict(self._defaults)
            self.counts: Counter = Counter()
            self.bodies: list = []
            self._behaviour, self._times = None, None
            self.last_byte = 0.0

    def script(self, orders: dict) -> None:
        with self.lock:
            if "behaviour" in orders:
                self._behaviour, self._times = orders.pop("behaviour"), orders.pop("times", None)
            self.options.update(orders)

    def behaviour(self, prompt: str) -> str | None:
        """What is to be done badly with this request; counts the order down."""
        said = RUDE.search(prompt)
        if said:
            return said.group(1)
        with self.lock:
            if self._times is None:
                return self._behaviour
            self._times -= 1
            return self._behaviour if self._times >= 0 else None

    def note(self, what: str, body: object = None) -> None:
        with self.lock:
            self.counts[what] += 1
            if body is not None:
                self.bodies = [*self.bodies, body][-KEPT:]

    def seen(self) -> dict:
        with self.lock:
            return {"counts": dict(self.counts), "bodies": self.bodies, "last_byte": self.last_byte}


class Handler(BaseHTTPRequestHandler):
    """A vendor's handler sets `desk` and defines `routes()`: {(method, path): method taking the body}."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    desk: Desk

    def routes(self) -> dict:
        raise NotImplementedError

    def do_GET(self) -> None:
        self._route(None)

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length", 0)))
        self._route(json.loads(raw) if raw else {})

    def _route(self, body: dict | None) -> None:
        path = self.path.partition("?")[0]
        control = {"/_script": self.desk.script, "/_reset": lambda _: self.desk.reset()}
        if path == "/_seen":
            self.answer(self.desk.seen())
        elif path in control:
            control[path](body)
            self.answer({})
        else:
            self.routes().get((self.command, path), self.unknown)(body)

    def unknown(self, body: dict | None) -> None:
        self.answer({"detail": "Not Found"}, 404)

    def answer(self, body: object, status: int = 200, headers: dict | None = None) -> None:
        self.send(json.dumps(body).encode(), "application/json", status, headers)

    def send(self, data: bytes, content_type: str, status: int = 200, headers: dict | None = None, short: int = 0):
        """Send `data` as declared, but leave out its last `short` bytes and hang up."""
        self.send_response(status)
        for name, value in {"content-type": content_type, "content-length": str(len(data)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data[: len(data) - short])
        if len(data) > LARGE:
            self.desk.last_byte = time.monotonic()
        self.close_connection = self.close_connection or short > 0

    def misbehave(self, behaviour: str | None) -> bool:
        """Do what needs no picture; True when the request is answered (or never will be)."""
        if behaviour == "silent":
            self.rfile.read(1)
        elif behaviour == "drop":
            self.send(b'{"images": ["' + b"A" * 5000, "application/json", short=2500)
        elif behaviour == "garbage":
            self.send(b"<html>It works!", "text/html")
        elif behaviour == "gzip":
            self.send(gzip.compress(bytes(1024 * 1024)), "application/json", headers={"content-encoding": "gzip"})
        elif behaviour == "drip":
            self.drip()
        elif behaviour == "redirect":
            self.answer({}, 302, {"location": FORBIDDEN["private"]})
        else:
            return False
        return True

    def drip(self) -> None:
        self.send_response(200)
        self.send_header("content-length", "1000")
        self.end_headers()
        for _ in range(1000):
            self.wfile.write(b" ")
            time.sleep(0.05)

    def deliver(self, data: bytes, behaviour: str | None) -> None:
        """Send a picture by its address, well or badly."""
        kind = {"lies": "text/html", "page": "text/html"}.get(behaviour, "image/png")
        if behaviour == "hop":
            self.answer({}, 302, {"location": FORBIDDEN["metadata"]})
        elif behaviour == "around" or (behaviour == "turns" and "turn=3" not in self.path):
            turn = int(self.path.rpartition("=")[2]) + 1 if "turn=" in self.path else 1
            self.answer({}, 302, {"location": f"{self.path.partition('?')[0]}?turn={turn}"})
        elif behaviour == "cut":
            self.send(data, kind, short=len(data) // 2)
        else:
            self.send(spoilt(data, behaviour), kind)

    def origin(self) -> str:
        return "http://{}:{}".format(*self.server.server_address)

    def log_message(self, *_) -> None:
        pass

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (ConnectionError, TimeoutError):
            self.desk.note("hung up")
            self.close_connection = True


def spoilt(data: bytes, behaviour: str | None) -> bytes:
    """The picture's bytes as a rude server delivers them."""
    if behaviour == "half":
        return data[: len(data) // 2]
    if behaviour == "huge":
        return data + bytes(50 * 1024 * 1024)
    if behaviour == "page":
        return b"<!doctype html><title>Sorry</title>"
    return data


def serve(handler: type[Handler]) -> None:
    """Listen on loopback, print the port, and serve until killed."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int, default=0)
    server = ThreadingHTTPServer(("127.0.0.1", arguments.parse_args().port), handler)
    server.daemon_threads = True
    print(server.server_port, flush=True)
    sys.stdout.flush()
    server.serve_forever()
