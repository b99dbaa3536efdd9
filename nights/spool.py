"""Files of a recording: one after the other, each begun anew at a size, each record one write."""

import contextlib
import os
import zlib
from collections.abc import Callable
from io import FileIO
from pathlib import Path

from tally.errors import SeriesError

_ENDING = ".warc.gz"
# As with captures: speed before size, because an alert waits meanwhile.
_LEVEL = 1


class Spool:
    """``tallywire-000001.warc.gz`` and so on in ``folder``, after those that are there already.

    A record is a gzip member of its own, as web archives have it, and is
    written in one call: a process that is killed leaves at most one torn record
    at the end of its last file. ``head`` gives the first record of a file.
    """

    def __init__(self, folder: Path, most: int, head: Callable[[str], bytes]) -> None:
        self._folder, self._most, self._head = folder, most, head
        self._file: FileIO | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._number = _last(folder)
            self._file = self._begun()
        except OSError as error:
            why = error.strerror or error
            raise SeriesError(f"{folder}: {why}; name another folder for the recording") from error

    def append(self, record: bytes) -> None:
        """Write one record down. OSError where it can't be: then the file is left as it was, and given up."""
        if self._file is None or self._file.tell() >= self._most:
            self.close()
            self._file = self._begun()
        try:
            self._put(self._file, record)
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        """End the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begun(self) -> FileIO:
        """The next file, with its first record."""
        while True:
            self._number += 1
            name = f"tallywire-{self._number:06}{_ENDING}"
            with contextlib.suppress(FileExistsError):
                file = FileIO(self._folder / name, "x")
                break
        try:
            self._put(file, self._head(name))
        except OSError:
            file.close()
            raise
        return file

    @staticmethod
    def _put(file: FileIO, record: bytes) -> None:
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)
        packed = packer.compress(record) + packer.flush()
        sound = file.tell()
        done = 0
        try:
            while done < len(packed):
                done += file.write(packed[done:])
        except OSError:
            # A full disk takes half a record; cutting it off needs no room.
            os.ftruncate(file.fileno(), sound)
            raise


def _last(folder: Path) -> int:
    """The highest number in the folder."""
    names = (
        path.name.removesuffix(_ENDING).rpartition("-")[2] for path in folder.glob(f"tallywire-*{_ENDING}")
    )
    return max((int(name) for name in names if name.isdecimal()), default=0)
