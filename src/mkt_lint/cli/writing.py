"""Files that are whole or as they were."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path


def mute() -> None:
    """Let go of the standard output: whoever read it has had enough, as `head` does; what is left goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def replace_file(file: Path, pieces: Iterable[bytes]) -> None:
    """Put new content into the place of a file, once all of it is written; a link's target is what is replaced.

    Raises:
        OSError: it cannot be written; the file is as it was.
    """
    import tempfile  # not needed by a run that writes no file

    target = file.resolve()
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as output:
            output.writelines(pieces)
            output.flush()
            os.fsync(output.fileno())
        temporary.chmod(_mode(target))
        temporary.replace(target)
    except BaseException:
        temporary.unlink()
        raise


def _mode(target: Path) -> int:
    """The mode of the file that is replaced, or what a new file would get."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
