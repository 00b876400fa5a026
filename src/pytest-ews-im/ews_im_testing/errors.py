"""The exceptions of the package."""

from typing import Any


class EwsImServerError(Exception):
    """The server cannot start, cannot be reached, or rejected a request.

    The message lists every problem that the server found.
    """


class EwsImVerificationError(AssertionError):
    """A verification failed. The message states what was expected and what was found."""


def is_own_error(failure: Any) -> bool:
    """Return ``True`` for an exception of the package, whose message needs no internal frames.

    It is the value of ``__tracebackhide__`` in the modules of the package.

    :param failure: The ``pytest.ExceptionInfo``, or ``None``.
    """
    own = (EwsImServerError, EwsImVerificationError)
    return failure is not None and isinstance(failure.value, own)
