"""A TCP proxy that makes the network bad: slow, cut, half-open, narrow. It runs in the asyncio loop of its user."""

import asyncio
import contextlib

CHUNK = 65536


class Proxy:
    """Listens on `address`. `latency` is seconds each way, `throttle` bytes a second; both may be changed any time."""

    def __init__(self, target: tuple[str, int], latency: float = 0.0, throttle: float = 0.0):
        self.target, self.latency, self.throttle = target, latency, throttle
        self.flowing = asyncio.Event()
        self.flowing.set()
        self.is_down = False
        self.writers: set[asyncio.StreamWriter] = set()

    async def start(self) -> "Proxy":
        self.server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.address = self.server.sockets[0].getsockname()[:2]
        return self

    def cut(self) -> None:
        """Reset every connection and refuse new ones until `heal`."""
        self.is_down = True
        for writer in list(self.writers):
            writer.transport.abort()

    def stall(self) -> None:
        """Half-open: connections live on, and nothing passes until `heal`."""
        self.flowing.clear()

    def heal(self) -> None:
        self.is_down = False
        self.flowing.set()

    def close(self) -> None:
        self.cut()
        self.server.close()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_down:
            writer.transport.abort()
            return
        try:
            there, onward = await asyncio.open_connection(*self.target)
        except OSError:
            writer.transport.abort()
            return
        self.writers |= {writer, onward}
        await asyncio.gather(self._pass(reader, onward), self._pass(there, writer))
        self.writers -= {writer, onward}

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK):
                await self.flowing.wait()
                if pause := self.latency + (len(data) / self.throttle if self.throttle else 0):
                    await asyncio.sleep(pause)
                writer.write(data)
                await writer.drain()
        writer.transport.abort()
