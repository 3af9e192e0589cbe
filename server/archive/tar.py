"""One header of a tar archive, as POSIX.1-1988 "ustar" has it: plain files with short ASCII names, nothing else."""

BLOCK = 512
ZEROS = bytes(BLOCK)
PLAIN = (b"0", b"\0")
_BLANK = b" " * 8


def header(name: str, size: int) -> bytes:
    """The 512 bytes before a file."""
    fields = (
        name.encode("ascii").ljust(100, b"\0"),
        b"0000644\0",
        b"0000000\0" * 2,
        b"%011o\0" % size,
        b"00000000000\0",
        _BLANK,
        b"0",
        bytes(100),
        b"ustar\00000",
    )
    block = b"".join(fields).ljust(BLOCK, b"\0")
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def padding(size: int) -> bytes:
    return bytes(-size % BLOCK)


def parse(block: bytes) -> tuple[str, int]:
    """(name, size) of a plain file; ValueError for links, devices, folders, long names, sparse files and damage."""
    if sum(block) - sum(block[148:156]) + sum(_BLANK) != _octal(block[148:156]):
        raise ValueError("checksum of a header")
    if block[156:157] not in PLAIN or block[257:262] != b"ustar" or block[345:500].strip(b"\0"):
        raise ValueError("not a plain file")
    return block[:100].rstrip(b"\0").decode("ascii"), _octal(block[124:136])


def _octal(field: bytes) -> int:
    digits = field.strip(b" \0")
    if not digits.isdigit():
        raise ValueError("not a number")
    return int(digits, 8)
