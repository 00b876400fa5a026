"""Servers."""

from __future__ import annotations

import os
from typing import Optional, Union
from urllib.parse import urlsplit

from ews_im_testing.contract import RealmList
from ews_im_testing.control import ControlClient, verify_token
from ews_im_testing.errors import is_own_error
from ews_im_testing.options import EwsImServerOptions
from ews_im_testing.process import ServiceProcess
from ews_im_testing.readiness import wait_until_ready
from ews_im_testing.realm import EwsImRealm
from ews_im_testing.realm_name import create_realm_name, verify_realm_name
from ews_im_testing.temporary_realm import EwsImTemporaryRealm
from ews_im_testing.times import Duration, to_seconds

__tracebackhide__ = is_own_error


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
        super().__init__(control)
        # The file with the certificate to trust, or None if the system trusts it or there is none.
        self.certificate = certificate
        self._process = process

    @classmethod
    def start(cls, options: Optional[EwsImServerOptions] = None) -> EwsImServer:
        """Start a server on a free port of the loopback address. It is ready on return.

        The server stops when :meth:`close` is called or this process ends.

        :raises EwsImServerError: The program was not found, an option or a mailbox is invalid, or
            the server cannot start.
        :raises ValueError: The setting ``Control:Token`` cannot be sent in a header.
        """
        __tracebackhide__ = True  # The arguments of the calls contain secrets.
        options = options or EwsImServerOptions()
        token = verify_token(options.token())
        process = ServiceProcess(options)
        control = ControlClient(process.url, token, process.certificate)
        return cls(control, process, process.certificate)

    @classmethod
    def attach(
        cls, url: Optional[str] = None, token: Optional[str] = None,
        certificate: Optional[Union[str, os.PathLike[str]]] = None,
    ) -> EwsImServer:
        """Connect to a server that is already running. :meth:`close` does not stop it.

        No request is sent before a member is used.

        :param url: The root URL or the EWS URL of the server; the default is the environment
            variable ``EWS_IM_URL``.
        :param token: The value of its setting ``Control:Token``, if it has one; the default is the
            environment variable ``EWS_IM_TOKEN``.
        :param certificate: A file with the certificate of the server, unless the system trusts it;
            the default is the environment variable ``EWS_IM_CERTIFICATE``.
        :raises ValueError: The URL is missing, is not an http or https URL, or is that of a realm;
            or the token cannot be sent in a header.
        :raises EwsImServerError: The file of the certificate cannot be read.
        """
        __tracebackhide__ = True  # The arguments contain a secret.
        url = url or os.environ.get("EWS_IM_URL")
        if not url:
            raise ValueError("The URL of the server is missing. Pass it, or set EWS_IM_URL.")
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError(f"'{url}' is not an http or https URL.")
        if parts.path.lower().startswith("/realms/"):
            raise ValueError(
                f"'{url}' is the URL of a realm. Attach to the root URL and call get_realm.")
        token = verify_token(token or os.environ.get("EWS_IM_TOKEN") or None)
        file = os.fspath(certificate or os.environ.get("EWS_IM_CERTIFICATE") or "") or None
        return cls(ControlClient(f"{parts.scheme}://{parts.netloc}", token, file), None, file)

    def wait_until_ready(self, timeout: Duration = 30.0) -> None:
        """Wait until the server is ready. A server that :meth:`start` returned is ready.

        :param timeout: The maximum time to wait, as a timedelta or in seconds.
        :raises EwsImServerError: The timeout expired. The message states the reason.
        """
        wait_until_ready(self._control, to_seconds(timeout))

    def get_realm(self, name: str) -> EwsImRealm:
        """Return an isolated realm, which is created if it does not exist.

        :param name: The case-sensitive name: 1 to 64 letters, digits, dots, hyphens and
            underscores; the first character is a letter or a digit.
        :raises ValueError: The name is not a valid realm name.
        """
        self._control.send("PUT", f"realms/{verify_realm_name(name)}")
        return EwsImRealm(self._control.for_realm(name))

    def create_realm(self, name: str = "test") -> EwsImTemporaryRealm:
        """Create a realm with a unique name.

        :param name: The beginning of its name. Characters that a realm name cannot have are
            replaced.
        """
        unique = create_realm_name(name)
        self._control.send("PUT", f"realms/{unique}")
        return EwsImTemporaryRealm(self._control.for_realm(unique))

    def realms(self) -> list[EwsImRealm]:
        """Return the default realm, which is this server, and the others, ordered by name."""
        page: RealmList = self._control.send("GET", "realms")
        others = [EwsImRealm(self._control.for_realm(name)) for name in page["realms"] if name]
        return [self, *others]

    def delete_realm(self, name: str) -> None:
        """Delete a realm with its mailboxes, snapshots, fault rules, journal and clock.

        :raises ValueError: The name is not a valid realm name.
        :raises EwsImServerError: The realm does not exist.
        """
        self._control.send("DELETE", f"realms/{verify_realm_name(name)}")

    def reset_all_realms(self) -> None:
        """Reset all realms to their initial state."""
        self._control.send("POST", "reset", query={"realms": "all"})

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
