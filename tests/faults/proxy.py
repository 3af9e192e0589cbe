"""A TCP proxy that makes the network bad: slow, cut, half-open, narrow. It runs in the asyncio loop of its user."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator

CHUNK = 65536


class Proxy:
    """Listens on `address`. `latency` is seconds each way, `throttle` bytes a second; both may be changed any time."""

    def __init__(self, target: tuple[str, int], latency: float = 0.0, throttle: float = 0.0):
        self.target, self.latency, self.throttle = target, latency, throttle
        self.flowing = asyncio.Event()
        self.flowing.set()
        self.is_down = False
        self.age = 0
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

    def forget(self) -> None:
        """Half-open for good, as when a laptop wakes up elsewhere: what is connected now is never heard of again."""
        self.age += 1

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
        with contextlib.suppress(asyncio.CancelledError):  # asyncio prints a handler that its loop's end cancels
            await asyncio.gather(self._pass(reader, onward), self._pass(there, writer))
        self.writers -= {writer, onward}

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        age = self.age
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK):
                if age < self.age:
                    continue
                await self.flowing.wait()
                if pause := self.latency + (len(data) / self.throttle if self.throttle else 0):
                    await asyncio.sleep(pause)
                writer.write(data)
                await writer.drain()
        writer.transport.abort()


class Line:
    """A proxy with a loop of its own, for those who have none."""

    def __init__(self, proxy: Proxy, loop: asyncio.AbstractEventLoop):
        self.proxy, self.loop = proxy, loop
        self.base_url = "http://{}:{}".format(*proxy.address)

    def cut(self) -> None:
        self.loop.call_soon_threadsafe(self.proxy.cut)

    def stall(self) -> None:
        self.loop.call_soon_threadsafe(self.proxy.stall)

    def forget(self) -> None:
        self.loop.call_soon_threadsafe(self.proxy.forget)

    def heal(self) -> None:
        self.loop.call_soon_threadsafe(self.proxy.heal)


@contextlib.contextmanager
def line(target: tuple[str, int], **weather: float) -> Iterator[Line]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    opened = Line(asyncio.run_coroutine_threadsafe(Proxy(target, **weather).start(), loop).result(10), loop)
    try:
        yield opened
    finally:
        loop.call_soon_threadsafe(opened.proxy.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
