"""The processes that a test creates with a fork."""

from __future__ import annotations

import os
import weakref
from typing import IO, Optional

_pipes: weakref.WeakSet[IO[bytes]] = weakref.WeakSet()


def close_in_forks(pipe: Optional[IO[bytes]]) -> None:
    """Close a pipe in each process that this process forks.

    Otherwise, the pipe would remain open after the end of this process.
    """
    if pipe is not None:
        _pipes.add(pipe)


def _close_pipes() -> None:
    for pipe in _pipes:
        pipe.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_close_pipes)
