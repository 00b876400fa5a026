"""The program of the service."""

import importlib
import os
import shutil
from typing import Optional

from ews_im_testing.errors import EwsImServerError, is_own_error

__tracebackhide__ = is_own_error


def find_program() -> str:
    """Return the absolute path of the program.

    It is the value of the environment variable ``EWS_IM_PROGRAM``, the program in the Python
    package ``ews-im``, or the command ``ews-im``.

    :raises EwsImServerError: There is no program.
    """
    if os.environ.get("EWS_IM_PROGRAM"):
        return os.path.abspath(os.environ["EWS_IM_PROGRAM"])
    program = _program_of_package() or shutil.which("ews-im")
    if program is None:
        raise EwsImServerError(
            "The program ews-im was not found. Install it with 'pip install ews-im', or set the "
            "environment variable EWS_IM_PROGRAM to its path, or EWS_IM_URL to the URL of a "
            "running service.")
    return os.path.abspath(program)


def _program_of_package() -> Optional[str]:
    try:
        package = importlib.import_module("ews_im")
    except ModuleNotFoundError:
        return None
    # A folder of the tests with this name is a package too.
    return str(package.program()) if hasattr(package, "program") else None
