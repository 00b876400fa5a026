"""The program of Ews.ImService, a local server with the contact store of Exchange, for tests of EWS clients."""

from __future__ import annotations

import os

__all__ = ["program"]


def program() -> str:
    """Return the path of the program."""
    name = "ews-im.exe" if os.name == "nt" else "ews-im"
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "program", name)
