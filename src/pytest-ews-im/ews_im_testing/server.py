"""Servers."""

from __future__ import annotations

import os
import re
import uuid
from typing import Optional, Union
from urllib.parse import urlsplit

from ews_im_testing.control import ControlClient
from ews_im_testing.options import EwsImServerOptions
from ews_im_testing.process import ServiceProcess
from ews_im_testing.realm import EwsImNamedRealm, EwsImRealm

_REALM_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_MAX_PREFIX = 40


class EwsImServer(EwsImRealm):
    """A server that this process started, or one that runs elsewhere.

    The server is also its default realm, which receives the requests that name no realm. At the
    end of a ``with`` block, a server that was started is stopped.
    """

    def __init__(
        self, control: ControlClient, process: Optional[ServiceProcess],
        certificate: Optional[str],
    ) -> None:
        """Create the view of a running server; see :meth:`start` and :meth:`attach`."""
        super().__init__(control, "")
        # The file with the certificate to trust, or None if the system trusts it or there is none.
        self.certificate = certificate
        self._process = process

    @classmethod
    def start(cls, options: Optional[EwsImServerOptions] = None) -> EwsImServer:
        """Start a server on a free port of the loopback address. It is ready on return.

        The server stops when :meth:`close` is called or this process ends.

        :raises EwsImServerError: The program was not found, an option or a mailbox is invalid, or
            the server cannot start.
        """
        options = options or EwsImServerOptions()
        process = ServiceProcess(options)
        control = ControlClient(process.url, options.token(), process.certificate)
        return cls(control, process, process.certificate)

    @classmethod
    def attach(
        cls, url: str, token: Optional[str] = None,
        certificate: Optional[Union[str, os.PathLike[str]]] = None,
    ) -> EwsImServer:
        """Connect to a server that is already running. :meth:`close` does not stop it.

        No request is sent before a member is used.

        :param url: The root URL or the EWS URL of the server.
        :param token: The value of its setting ``Control:Token``, if it has one.
        :param certificate: A file with the certificate of the server, unless the system trusts it.
        :raises ValueError: The URL is not an http or https URL, or it is that of a realm.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError(f"'{url}' is not an http or https URL.")
        if parts.path.lower().startswith("/realms/"):
            raise ValueError(
                f"'{url}' is the URL of a realm. Attach to the root URL and call get_realm.")
        file = None if certificate is None else os.fspath(certificate)
        return cls(ControlClient(f"{parts.scheme}://{parts.netloc}", token, file), None, file)

    def get_realm(self, name: str) -> EwsImNamedRealm:
        """Return an isolated realm, which is created if it does not exist.

        :param name: The case-sensitive name: 1 to 64 letters, digits, dots, hyphens and
            underscores; the first character is a letter or a digit.
        :raises ValueError: The name is not a valid realm name.
        """
        if not _REALM_NAME.fullmatch(name):
            raise ValueError(
                f"'{name}' is not a valid realm name. It must have 1 to 64 letters, digits, '.', "
                "'-' and '_', and begin with a letter or a digit.")
        self._control.send("", "PUT", f"realms/{name}")
        return EwsImNamedRealm(self._control, name)

    def create_realm(self, prefix: str = "test") -> EwsImNamedRealm:
        """Create a realm with a new name.

        :param prefix: The begin of the name. Characters that a realm name cannot have are
            replaced, and a long prefix is shortened.
        """
        valid = re.sub(r"[^A-Za-z0-9._-]+", "-", prefix).lstrip("._-")[:_MAX_PREFIX] or "test"
        return self.get_realm(f"{valid}-{uuid.uuid4().hex[:16]}")

    def realms(self) -> list[str]:
        """Return the names of the realms; that of the default realm is empty."""
        return self._realms()

    def reset_all_realms(self) -> None:
        """Reset all realms to their initial state."""
        self._control.send("", "POST", "reset", query={"realms": "all"})

    def log(self) -> str:
        """Return the log of a server that was started; empty for others."""
        return "" if self._process is None else self._process.log()

    def close(self) -> None:
        """Stop the server, if :meth:`start` started it."""
        if self._process is not None:
            self._process.stop()
            self._process = None

    def __enter__(self) -> EwsImServer:
        """Return the server."""
        return self

    def __exit__(self, *exception: object) -> None:
        """Stop the server, if :meth:`start` started it."""
        self.close()
