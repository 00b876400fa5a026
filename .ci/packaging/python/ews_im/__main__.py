"""Runs the program with the arguments of the command line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from ews_im import program


def main() -> None:
    """Replace this process with the program, or run the program in it where a process cannot be replaced."""
    arguments = [program(), *sys.argv[1:]]
    if os.name != "nt":
        os.execv(arguments[0], arguments)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # The program receives Ctrl+C too, and decides.
    sys.exit(subprocess.call(arguments))


if __name__ == "__main__":
    main()
