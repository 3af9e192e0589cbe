"""Every way to spoil an archive: (what is wrong, its bytes)."""

import gzip
import random
import struct
import tarfile
import zlib
from collections.abc import Callable, Iterator
from copy import deepcopy

from tests.archive.suitcase import (
    documents,
    files_of,
    id_of,
    lines,
    manifest_of,
    members_of,
    packed,
    picture,
    plain,
    tarred,
    whole,
)


def hostile(seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """(what is wrong, archive) of every kind, then without end: random damage to a good one."""
    yield from linked()
    yield from misnamed()
    yield from disordered()
    yield from bombs()
    yield from lying_manifests()
    yield from lying_rows()
    yield from false_pictures()
    yield from torn(random.Random(seed))


def linked() -> Iterator[tuple[str, bytes]]:
    files = files_of(documents())
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE,
                 tarfile.DIRTYPE, tarfile.CONTTYPE, tarfile.GNUTYPE_SPARSE, b"Z"):
        for place in (1, len(files)):
            members = members_of(files)
            info = deepcopy(members[place][0])
            info.type, info.size, info.linkname = kind, 0, "../../../etc/passwd"
            members[place] = (info, b"")
            yield f"a member of type {kind!r} at {place}", packed(members)
    members = members_of(files)
    info = deepcopy(members[-1][0])
    info.type, info.linkname, info.size = tarfile.SYMTYPE, "/tmp", 0
    yield "a link before the file of its name", packed([*members[:-1], (info, b""), members[-1]])


def misnamed() -> Iterator[tuple[str, bytes]]:
    for name in ("/etc/emulsion", "../outside", "images/../../outside", "images/./a.webp", "", "a" * 99,
                 "images\\a.webp", "C:\\a.webp", "images/\u202egpj.webp", "images/a\u0000.webp", "ima\u0301ges/a.webp",
                 "．．/outside", "images/a\n.webp", "CON", ".env", "~/.ssh/id"):
        files = files_of(documents())
        listed = manifest_of(files)
        listed["files"][-1]["name"] = name
        renamed = [*files[:-1], (name.replace("\x00", "") or "x", files[-1][1])]
        yield f"named {name!r} in both", packed(members_of(renamed, listed))
        yield f"named {name!r} in the tar alone", packed(members_of(renamed, manifest_of(files)))


def disordered() -> Iterator[tuple[str, bytes]]:
    files = files_of(documents())
    members = members_of(files)
    yield "a file twice", packed([*members, members[-1]])
    yield "a file listed twice", packed(members_of([*files, files[-1]]))
    yield "a file that is not listed", packed([*members, plain("images/extra.webp", picture())])
    yield "a file missing", packed(members[:-1])
    yield "two files changed over", packed([*members[:-2], members[-1], members[-2]])
    yield "the manifest last", packed([*members[1:], members[0]])
    yield "no manifest", packed(members[1:])
    yield "two manifests", packed([members[0], *members])
    yield "nothing at all", b""
    yield "an empty gzip", gzip.compress(b"")
    yield "an empty tar", packed([])
    yield "not gzip", tarred(members)
    yield "a picture", picture()
    yield "a zip", b"PK\x03\x04" + bytes(200)
    yield "text", b"hello"
    yield "something after the end", gzip.compress(tarred(members) + b"x" * 512)
    yield "a second gzip of text", packed(members) + gzip.compress(b"more")
    yield "a trailing byte", packed(members) + b"x"


def bombs() -> Iterator[tuple[str, bytes]]:
    zeros = gzip.compress(bytes(64 * 1024**2), 9)
    files = files_of(documents())
    good = tarred(members_of(files))
    yield "a gzip of zeros", zeros
    yield "endless zeros after the end", gzip.compress(good) + zeros
    info = tarfile.TarInfo("emulsion.json")
    for size in (2**33 - 1, 64 * 1024**2):
        info.size = size
        yield f"a manifest of {size}", gzip.compress(info.tobuf(tarfile.GNU_FORMAT) + bytes(1024**2))
    for size in (2**60, 10**11, -1, 2**63, True, 1.5, "9"):
        listed = manifest_of(files)
        listed["files"][-1]["bytes"] = size
        yield f"a file of {size!r} bytes", packed(members_of(files, listed))
    many = [{"name": f"x{number}", "bytes": 0, "sha256": "0" * 64} for number in range(70_000)]
    yield "70,000 files", packed(members_of([], manifest_of([], files=many)))
    headers = b"".join(plain(f"x{number}", b"")[0].tobuf(tarfile.GNU_FORMAT) for number in range(2000))
    yield "headers without end", gzip.compress(headers * 20, 1)
    yield "gzip in gzip in gzip", gzip.compress(gzip.compress(zeros))


def lying_manifests() -> Iterator[tuple[str, bytes]]:
    files = files_of(documents())
    deep = b"[" * 100_000
    for said in (b"", b"null", b"[]", b"{", deep, b'{"a":' * 50_000, b"\xff\xfe", b"1" * 5000, b"NaN"):
        yield f"a manifest of {said[:8]!r}", packed(members_of(files, said))
    for changes in ({"format": "other"}, {"version": "2.0"}, {"version": "99.0"}, {"version": 1}, {"version": None},
                    {"version": "1"}, {"version": "1.0; drop"}, {"files": None}, {"files": {}}, {"files": [None]},
                    {"files": ["a"]}, {"files": [[]]}, {"files": []}):
        yield f"a manifest with {changes}", packed(members_of(files, manifest_of(files, **changes)))
    for checksum in ("0" * 64, "", "z" * 64, None, 5):
        listed = manifest_of(files)
        listed["files"][2]["sha256"] = checksum
        yield f"a checksum {str(checksum)[:6]!r}", packed(members_of(files, listed))


LIES = [
    ("images.jsonl", name, value)
    for name, values in {
        "id": ["../../x", id_of(11)],
        "generation_id": [id_of(99), None],
        "status": ["queued", "running", "shown"],
        "seed": [-1, 2**70, "1; drop"],
        "width": [10**9, 0],
        "prompt": ["a\x00b", "x" * 500_000, None],
        "tags": [["x" * 41], ["x"] * 101, [["x"]]],
        "original_url": ["/etc/passwd", "images.jsonl", None, "images/../x.webp"],
        "thumbs": [{}, {"1": "x"}, []],
        "created_at": ["yesterday", "0001-01-01T00:00:00+14:00", None],
        "cost": [float("nan"), float("inf"), 1e300],
        "assignment": [[]],
    }.items()
    for value in values
]
LIES += [
    (f"{name}.jsonl", field, value)
    for name, field, value in (
        ("generations", "settings", {"a": {"b": {"c": 1}}}), ("generations", "template", None),
        ("generations", "styles", [[]]), ("generations", "count", "many"), ("messages", "role", "root"),
        ("messages", "status", "streaming"), ("messages", "content", 5), ("messages", "proposals", [{}]),
        ("messages", "image_ids", ["x"]),
    )
]
LIES += [("workspace.json", field, value) for field, value in (("workspace", {}), ("styles", "none"), ("members", 1))]


def lying_rows() -> Iterator[tuple[str, bytes]]:
    for document, field, value in LIES:
        rows = documents()
        files = dict(files_of(rows))
        rows[document][0][field] = value
        files[document] = lines(rows[document])
        yield f"{document} with {field} {str(value)[:20]!r}", packed(members_of(list(files.items())))
    for text in (b"{}", b"not json\n", b"[" * 200_000, b'{"a":' * 100_000, b"x" * 1_100_000, b'{"id":"\\ud800"}\n',
                 b"\xff\n"):
        for document in ("images.jsonl", "workspace.json"):
            files = dict(files_of(documents())) | {document: text}
            yield f"{document} of {text[:6]!r}", packed(members_of(list(files.items())))


def false_pictures() -> Iterator[tuple[str, bytes]]:
    good = picture()
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    html = b"<!doctype html><script>alert(1)</script>"
    huge = bytearray(picture(kind="PNG"))
    huge[16:24] = struct.pack(">II", 60_000, 60_000)
    huge[29:33] = struct.pack(">I", zlib.crc32(bytes(huge[12:29])))
    for what, data in (("nothing", b""), ("noise", bytes(range(256)) * 8), ("svg", svg), ("html", html),
                       ("half", good[:40]), ("a gif", picture(kind="GIF")), ("a bmp", picture(kind="BMP")),
                       ("a tiff", picture(kind="TIFF")), ("a png under another name", picture(kind="PNG")),
                       ("far too many pixels", bytes(huge)), ("a picture inside html", html + good)):
        for place in (-1, -3):
            files = files_of(documents())
            files[place] = (files[place][0], data)
            yield f"{what} for a picture at {place}", packed(members_of(files))


def torn(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    files = files_of(documents())
    raw, good = tarred(members_of(files)), whole()
    while True:
        spoil: Callable = chance.choice((_cut, _flip, _insert))
        if chance.random() < 0.5:
            yield f"{spoil.__name__} in the gzip", spoil(good, chance)
        else:
            yield f"{spoil.__name__} in the tar", gzip.compress(spoil(raw[: -10 * 512], chance) + raw[-10 * 512 :], 1)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _flip(data: bytes, chance: random.Random) -> bytes:
    spoiled = bytearray(data)
    for _ in range(20):
        spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


def _insert(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + chance.randbytes(chance.choice((1, 100, 512, 3000))) + data[place:]
