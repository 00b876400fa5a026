"""The readiness of a server."""

import time
from typing import Optional

from ews_im_testing.control import ControlClient
from ews_im_testing.errors import EwsImServerError, is_own_error

__tracebackhide__ = is_own_error

_POLL_SECONDS = 0.05


def wait_until_ready(control: ControlClient, seconds: float) -> None:
    """Wait until a server is ready.

    :raises EwsImServerError: The time expired. The message states the reason.
    """
    end = time.monotonic() + seconds
    while True:
        reason = _find_reason(control, end - time.monotonic())
        if reason is None:
            return
        if time.monotonic() >= end:
            raise EwsImServerError(f"The server was not ready within {seconds:g} s. {reason}")
        time.sleep(_POLL_SECONDS)


def _find_reason(control: ControlClient, seconds: float) -> Optional[str]:
    """Return the reason why a server is not ready, or ``None`` if it is ready."""
    try:
        response = control.get("/readyz", timeout=max(seconds, _POLL_SECONDS))
    except EwsImServerError as error:
        return str(error)
    if response == (200, b"ready\n"):
        return None
    if response == (503, b"starting\n"):
        return "The server is starting."
    return (
        f"The server at {control.root} responds with HTTP status {response.status}, and may be "
        "another service.")
