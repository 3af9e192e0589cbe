"""Socket.IO packets, read strictly: no attachments, no NaN, no reserved names, no deep nesting."""

import json

from socketio.packet import CONNECT, DISCONNECT, EVENT, Packet

RESERVED = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"}
DEPTH = 12


class StrictJson:
    @staticmethod
    def loads(text):
        value = json.loads(text, parse_constant=_refuse)
        if _depth(value) > DEPTH:
            raise ValueError("nested too deeply")
        return value

    @staticmethod
    def dumps(value, **options):
        return json.dumps(value, allow_nan=False, separators=(",", ":"), ensure_ascii=False)


class StrictPacket(Packet):
    """Refuses what no client of ours sends; the server drops the socket that sent it."""

    json = StrictJson

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


def _refuse(constant: str):
    raise ValueError(f"{constant} is not JSON")


def _depth(value) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0
