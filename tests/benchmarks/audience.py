"""Many tabs in one process of their own: raw WebSockets that offer permessage-deflate as browsers do.

Reads one JSON line: {port, viewers, cookie, join, name}; prints "seated" when all have joined; a second line ends
it. Then it prints {"delays": [milliseconds from each stamp to its arrival], "tokens": {per viewer: tokens}}.
"""

import asyncio
import base64
import json
import os
import re
import sys
import time
import zlib

STAMP = re.compile(rb"\[(\d+\.\d{6})\]")


class Tab:
    """One Socket.IO connection; notes how late each stamp of the event `name` arrives."""

    def __init__(self, name: str):
        self.name = name.encode()
        self.delays: list[float] = []
        self.inflate = None

    async def sit_down(self, port: int, cookie: str, join: dict | None) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port)
        request = (
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
            f"Cookie: {cookie}\r\n\r\n"
        )
        self.writer.write(request.encode())
        answer = await self.reader.readuntil(b"\r\n\r\n")
        assert b" 101 " in answer.split(b"\r\n", 1)[0], answer
        if b"permessage-deflate" in answer.lower():
            self.inflate = zlib.decompressobj(-15)
        self.say(b"40")
        await self.hear(b"40")
        if join is not None:
            self.say(b"420" + json.dumps(["join", join]).encode())
            await self.hear(b"430")

    async def hear(self, beginning: bytes) -> bytes:
        while not (text := await self.frame()).startswith(beginning):
            pass
        return text

    async def watch(self) -> None:
        while True:
            text = await self.frame()
            if self.name in text[:40]:
                now = time.monotonic()
                self.delays += [(now - float(stamp)) * 1000 for stamp in STAMP.findall(text)]

    async def frame(self) -> bytes:
        first, second = await self.reader.readexactly(2)
        size = second & 127
        if size == 126:
            size = int.from_bytes(await self.reader.readexactly(2), "big")
        elif size == 127:
            size = int.from_bytes(await self.reader.readexactly(8), "big")
        data = await self.reader.readexactly(size)
        if first & 0x40:
            data = self.inflate.decompress(data + b"\x00\x00\xff\xff")
        if data == b"2":
            self.say(b"3")
        return data

    def say(self, text: bytes) -> None:
        size = bytes([0x80 | len(text)]) if len(text) < 126 else b"\xfe" + len(text).to_bytes(2, "big")
        self.writer.write(b"\x81" + size + bytes(4) + text)


async def main() -> None:
    order = json.loads(sys.stdin.readline())
    tabs = [Tab(order["name"]) for _ in range(order["viewers"])]
    await asyncio.gather(*(tab.sit_down(order["port"], order["cookie"], order["join"]) for tab in tabs))
    watching = [asyncio.create_task(tab.watch()) for tab in tabs]
    print("seated", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    for task in watching:
        task.cancel()
    delays = [delay for tab in tabs for delay in tab.delays]
    print(json.dumps({"delays": delays, "tokens": [len(tab.delays) for tab in tabs]}), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
