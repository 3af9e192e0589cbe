"""Socket.IO packets, read strictly: no attachments, no NaN, no reserved names, no deep nesting."""

import structlog
from socketio.packet import CONNECT, DISCONNECT, EVENT, Packet

from server.extensions import socketio

RESERVED = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"}
log = structlog.get_logger()


class StrictPacket(Packet):
    """Refuses, with a ValueError, what no client of ours sends."""

    def decode(self, encoded_packet):
        attachments = super().decode(encoded_packet)
        if attachments or self.packet_type not in (CONNECT, DISCONNECT, EVENT):
            raise ValueError("unexpected packet")
        if self.packet_type == EVENT and not self._is_event():
            raise ValueError("malformed event")
        return attachments

    def _is_event(self) -> bool:
        data = self.data
        named = isinstance(data, list) and data and isinstance(data[0], str)
        return bool(named and len(data) <= 2 and data[0] not in RESERVED)


def drop_the_rude() -> None:
    """A socket that sends a malformed packet is closed; the library would keep it and print a traceback."""
    server = socketio.server

    def receive(sid: str, data) -> None:
        try:
            server._handle_eio_message(sid, data)
        except (ValueError, TypeError) as error:
            log.warning("socket dropped for a malformed packet", reason=str(error)[:80])
            server.eio.disconnect(sid)

    server.eio.on("message", receive)
