"""The exceptions of the package."""


class EwsImServerError(Exception):
    """The server cannot start, cannot be reached, or rejected a request.

    The message lists every problem that the server found.
    """


class EwsImVerificationError(AssertionError):
    """A verification failed. The message states what was expected and what was found."""
