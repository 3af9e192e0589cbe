"""A WebSocket in asyncio with Engine.IO on it, light enough for a thousand tabs in one process."""

import asyncio
import base64
import os
import zlib
from collections.abc import Callable

ASK = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
TAIL = b"\x00\x00\xff\xff"
UNMASKED = b"\0\0\0\0"


class Frames(asyncio.Protocol):
    """`heard(text)` gets each Socket.IO packet, `gone()` runs once when the connection ends."""

    def __init__(self, host: str, cookie: str, heard: Callable[[str], None], gone: Callable[[], None]):
        self.host, self.cookie, self.heard, self.gone = host, cookie, heard, gone
        self.buffer, self.whole = bytearray(), b""
        self.opened = False
        self.inflate = None

    def connection_made(self, transport) -> None:
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        cookie = f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        transport.write(
            f"{ASK}Host: {self.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nOrigin: http://{self.host}\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n{cookie}"
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n".encode()
        )

    def connection_lost(self, _error) -> None:
        self.gone()

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.opened and not self._shake_hands():
            return
        while (frame := self._next_frame()) is not None:
            self._take(*frame)

    def send(self, text: str) -> None:
        """One text frame, masked with zeros, which the standard allows."""
        body = text.encode()
        size = bytes((0x80 | len(body),)) if len(body) < 126 else b"\xfe" + len(body).to_bytes(2, "big")
        self.transport.write(b"\x81" + size + UNMASKED + body)

    def close(self) -> None:
        self.transport.abort()

    def _shake_hands(self) -> bool:
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = bytes(self.buffer[:end])
        del self.buffer[: end + 4]
        if b" 101 " not in head.split(b"\r\n")[0]:
            self.transport.abort()
            return False
        if b"permessage-deflate" in head:
            self.inflate = zlib.decompressobj(wbits=-15)
        self.opened = True
        return True

    def _next_frame(self) -> tuple[int, bytes] | None:
        buffer = self.buffer
        if len(buffer) < 2:
            return None
        size, start = buffer[1] & 0x7F, 2
        if size > 125:
            start += 2 if size == 126 else 8
            if len(buffer) < start:
                return None
            size = int.from_bytes(buffer[2:start], "big")
        if len(buffer) < start + size:
            return None
        first, body = buffer[0], bytes(buffer[start : start + size])
        del buffer[: start + size]
        return first, body

    def _take(self, first: int, body: bytes) -> None:
        if first & 0x0F == 8:
            self.transport.abort()
        if first & 0x0F > 2:
            return
        if first & 0x40:
            body = self.inflate.decompress(body + TAIL)
        self.whole += body
        if first & 0x80:
            text, self.whole = self.whole.decode(), b""
            self._engine(text)

    def _engine(self, text: str) -> None:
        match text[:1]:
            case "0":
                self.send("40")
            case "2":
                self.send("3")
            case "1":
                self.transport.abort()
            case "4":
                self.heard(text[1:])
