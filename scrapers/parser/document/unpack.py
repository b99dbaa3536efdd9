"""Bodies that come packed: gzip that a server sent as a file, and a ZIP that holds one report.

Clarity hands out its details as ``detailxml.zip``, and archives keep feeds as ``.gz``.
"""

import io
import zipfile
import zlib

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"


def unpacked(body: bytes, most: int) -> bytes:
    """What a packed body holds, at most ``most`` bytes and one more; the body itself where it is not
    packed, or packed in a way that can't be told apart from any other file (several members, a password).
    """
    if body.startswith(_GZIP):
        return _gunzipped(body, most)
    return _only_member(body, most) if body.startswith(_ZIP) else body


def _gunzipped(body: bytes, most: int) -> bytes:
    try:
        # A limit while unpacking: a kilobyte can hold gigabytes.
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, most + 1) or body
    except zlib.error:
        return body


def _only_member(body: bytes, most: int) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            if len(members) != 1:
                return body
            with archive.open(members[0]) as member:
                return member.read(most + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, zlib.error, ValueError):
        return body
