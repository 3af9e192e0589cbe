"""A chat server on loopback that speaks OpenAI's wire as several servers do, and misbehaves as it is told.

`python -m tests.contract.chat --port 0` prints its address. POST /_script sets fields of `Script`, the others as at
first; GET /_seen answers {"counts": {"requests", "hung_up"}, "bodies", "keys"}; POST /_reset clears all.
"""

import argparse
import json
import re
import select
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REPLY = """A low sun gives the fox a rim of light, so I added one.

```proposal
{"prompt": "a {red|blue} fox in snow, low winter sun, rim light", "reason": "light gives it shape"}
```

Say if you want it calmer."""
THOUGHT = {"choices": [{"delta": {"role": "assistant", "content": None, "reasoning_content": "hm"}}]}
FIELDS = {"model", "messages", "stream", "max_tokens", "temperature", "top_p", "stop", "random_seed", "safe_prompt"}


@dataclass(frozen=True)
class Script:
    """How to answer. `rate` is tokens a second (0: at once); `tokens` asks for so many made-up ones instead of `text`;
    `stamp` writes the time of sending (seconds, monotonic clock) into each; `split` is bytes a write; `after` is how
    many tokens go out before `mode` happens; `refuse` names a field to answer 400 to.
    """

    dialect: str = "openai"
    mode: str = "well"
    text: str = REPLY
    tokens: int = 0
    rate: float = 0.0
    stamp: bool = False
    split: int = 0
    after: int = 2
    delay: float = 0.0
    status: int = 500
    headers: tuple = ()
    body: object = None
    refuse: str = ""
    models: tuple = ("script-large", "script-small", "text-embedding-script")

    def words(self) -> Iterator[str]:
        if not self.tokens:
            yield from re.findall(r"\s*\S+|\s+$", self.text)
        for number in range(self.tokens):
            yield f"[{time.monotonic():.6f}] " if self.stamp else f"word{number} "


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], script: Script):
        super().__init__(address, Handler)
        self.first_script = script
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.script, self.requests, self.hung_up, self.bodies, self.keys = self.first_script, 0, 0, [], []

    def saw(self, body: dict, key: str | None) -> None:
        with self.lock:
            self.requests += 1
            self.bodies = [*self.bodies[-49:], body]
            self.keys = [*self.keys[-49:], key]

    def seen(self) -> dict:
        counts = {"requests": self.requests, "hung_up": self.hung_up}
        return {"counts": counts, "bodies": self.bodies, "keys": self.keys}

    def handle_error(self, *_) -> None:
        """Clients that hang up are part of the play."""


class HungUp(Exception):
    pass


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def log_message(self, *_) -> None:
        """The tests read /_seen instead."""

    def do_GET(self) -> None:
        script = self.server.script
        if self.path == "/_seen":
            return self.answer(200, self.server.seen())
        if self.path != "/v1/models":
            return self.answer(404, {"error": {"message": "no such path"}})
        self.server.saw({}, self.headers.get("authorization"))
        if script.mode == "status":
            return self.answer(script.status, script.body, script.headers)
        rows = [{"id": name, "object": "model"} for name in script.models]
        return self.answer(200, {"object": "list", "data": rows} if script.body is None else script.body)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))) or b"{}")
        if self.path == "/_reset":
            self.server.forget()
            return self.answer(200, {})
        if self.path == "/_script":
            self.server.script = replace(self.server.first_script, **body)
            return self.answer(200, asdict(self.server.script))
        if self.path != "/v1/chat/completions":
            return self.answer(404, {"error": {"message": "no such path"}})
        self.server.saw(body, self.headers.get("authorization"))
        try:
            self.complete(self.server.script, body)
        except (HungUp, ConnectionError, BrokenPipeError):
            self.close_connection = True
            with self.server.lock:
                self.server.hung_up += 1

    def complete(self, script: Script, body: dict) -> None:
        self.pause(script.delay)
        if script.mode == "hang_head":
            self.pause(600)
        if script.mode == "status":
            return self.answer(script.status, script.body, script.headers)
        if script.refuse and script.refuse in body:
            said = f"Unsupported parameter: '{script.refuse}' is not supported with this model."
            return self.answer(400, {"error": {"message": said, "type": "invalid_request_error", "code": None}})
        if script.dialect == "mistral" and set(body) - FIELDS:
            detail = [{"type": "extra_forbidden", "loc": ["body", name]} for name in sorted(set(body) - FIELDS)]
            return self.answer(422, {"object": "error", "message": {"detail": detail}})
        if script.mode in PLAIN:
            return PLAIN[script.mode](self, script)
        return self.stream(script, body)

    def stream(self, script: Script, body: dict) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream; charset=utf-8")
        framing = ("connection", "close") if script.mode in UNFRAMED else ("transfer-encoding", "chunked")
        self.send_header(*framing)
        self.end_headers()
        self.wfile.flush()
        end, model = "\r\n" if script.mode == "crlf" else "\n", str(body.get("model"))
        due = time.monotonic()
        for number, word in enumerate(script.words()):
            if number == script.after and script.mode in HAPPENINGS:
                return HAPPENINGS[script.mode](self, script)
            if script.mode == "rude":
                self.say(": PROCESSING\n\nevent: message\nid: 7\nretry: 10\n", script)
                self.say(f"data: {json.dumps(THOUGHT)}\n\n", script)
            self.say(f"data: {_chunk(script, model, word)}{end}{end}", script)
            due += 1 / script.rate if script.rate else 0
            self.pause(due - time.monotonic())
        if script.mode not in ("no_finish", "no_finish_closed"):
            self.say(f"data: {_chunk(script, model, '', 'stop')}{end}{end}", script)
            self.say(f'data: {{"choices":[],"usage":{{"total_tokens":9}}}}{end}{end}', script)
        if script.mode not in ("no_done", "no_finish", "no_finish_closed"):
            self.say(f"data: [DONE]{end}{end}", script)
        self.finish_body(script)

    def say(self, text: str, script: Script) -> None:
        data = text.encode()
        size = script.split or len(data)
        for start in range(0, len(data), size):
            piece = data[start : start + size]
            framed = piece if script.mode in UNFRAMED else b"%x\r\n%s\r\n" % (len(piece), piece)
            self.wfile.write(framed)
            self.wfile.flush()

    def finish_body(self, script: Script) -> None:
        if script.mode in UNFRAMED:
            self.close_connection = True
        else:
            self.wfile.write(b"0\r\n\r\n")

    def pause(self, seconds: float) -> None:
        """Wait, and notice at once when the other side hangs up."""
        if seconds > 0 and select.select([self.connection], [], [], seconds)[0]:
            raise HungUp

    def answer(self, status: int, document: object, headers: tuple = ()) -> None:
        data = document.encode() if isinstance(document, str) else json.dumps(document).encode()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _chunk(script: Script, model: str, word: str, finish: str | None = None) -> str:
    content: object = word
    if script.dialect == "mistral" and word:
        content = [{"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}, {"type": "text", "text": word}]
    chunk = {"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": model, "usage": None}
    chunk["choices"] = [{"index": 0, "delta": {"content": content}, "finish_reason": finish}]
    if script.dialect == "llamacpp":
        chunk["timings"] = {"predicted_per_second": 50.0}
    return json.dumps(chunk, ensure_ascii=False)


def _hang(handler: Handler, script: Script) -> None:
    handler.pause(600)


def _drop(handler: Handler, script: Script) -> None:
    handler.close_connection = True


def _error(handler: Handler, script: Script) -> None:
    error = script.body or {"message": "The worker crashed at http://10.0.0.7/run", "type": "server_error"}
    said = f'data: {json.dumps({"error": error})}\n\n'
    if script.dialect == "ollama":
        said = f'{json.dumps({"error": "llama runner process has terminated"})}\n'
    handler.say(said, script)
    handler.finish_body(script)


def _garbage(handler: Handler, script: Script) -> None:
    handler.say("data: {broken\n\n", script)
    handler.finish_body(script)


def _endless(handler: Handler, script: Script) -> None:
    while True:
        handler.say(f"data: {_chunk(script, 'm', 'word ' * 200)}\n\n", script)


def _comments(handler: Handler, script: Script) -> None:
    while True:
        handler.say(": still here\n\n", script)
        handler.pause(0.05)


def _plain(handler: Handler, script: Script) -> None:
    message = {"role": "assistant", "content": "".join(script.words())}
    document = {"object": "chat.completion", "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}
    handler.answer(200, json.dumps(document, indent=2, ensure_ascii=False))


def _page(handler: Handler, script: Script) -> None:
    handler.answer(200, "<!doctype html><title>Sign in</title>")


def _filtered(handler: Handler, script: Script) -> None:
    handler.answer(200, {"choices": [{"message": {"content": ""}, "finish_reason": "content_filter"}]})


HAPPENINGS = {
    "hang": _hang, "drop": _drop, "error": _error, "garbage": _garbage, "endless": _endless, "comments": _comments,
}
PLAIN = {"plain": _plain, "page": _page, "filtered": _filtered}
UNFRAMED = {"no_finish_closed"}


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--dialect", default="openai", choices=["openai", "mistral", "ollama", "llamacpp"])
    options = parser.parse_args()
    server = Server(("127.0.0.1", options.port), Script(dialect=options.dialect))
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
