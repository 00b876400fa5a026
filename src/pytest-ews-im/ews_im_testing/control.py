"""The connection to the control API."""

from __future__ import annotations

import copy
import json
import ssl
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any, NamedTuple, Optional, Union
from urllib.parse import urlencode

from ews_im_testing.errors import EwsImServerError, is_own_error

__tracebackhide__ = is_own_error

# The maximum time in seconds without data from the server, in addition to the time that a call
# waits on the server.
RESPONSE_TIMEOUT = 100.0

Query = dict[str, Union[str, int, None]]


class ControlResponse(NamedTuple):
    """A response of the control API."""

    status: int
    body: bytes


class ControlClient:
    """Sends requests for one realm to the control API. It can be used by several threads."""

    def __init__(self, root: str, token: Optional[str], certificate: Optional[str]) -> None:
        """Create a client for the default realm.

        :param root: The root URL of the server, without a slash at its end.
        :param token: The value of the setting ``Control:Token``.
        :param certificate: A file with the certificates to trust, instead of those of the system.
        :raises EwsImServerError: The file of the certificates cannot be read.
        """
        self.root = root
        # The name of the realm; that of the default realm is empty.
        self.realm = ""
        self._token = token
        handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
        if root.lower().startswith("https:"):
            handlers.append(urllib.request.HTTPSHandler(context=_context(certificate)))
        self._opener = urllib.request.build_opener(*handlers)

    @property
    def realm_root(self) -> str:
        """The root URL of the realm, without a slash at its end."""
        return f"{self.root}/realms/{self.realm}" if self.realm else self.root

    def for_realm(self, realm: str) -> ControlClient:
        """Return a client for another realm of the server."""
        client = copy.copy(self)
        client.realm = realm
        return client

    def send(
        self, method: str, path: str, body: Any = None, query: Optional[Query] = None,
    ) -> Any:
        """Send a request and return the JSON document of the response.

        :param body: The body: bytes, or an object to send as JSON.
        :raises EwsImServerError: The server cannot be reached, or it rejected the request.
        """
        return self.read(method, path, self.try_send(method, path, body, query))

    def try_send(
        self, method: str, path: str, body: Any = None, query: Optional[Query] = None,
        wait: float = 0,
    ) -> ControlResponse:
        """Send a request and return the response, regardless of its status.

        :param wait: The time in seconds that the server waits before it responds.
        :raises EwsImServerError: The server cannot be reached.
        """
        values = {name: value for name, value in (query or {}).items() if value is not None}
        parameters = f"?{urlencode(values)}" if values else ""
        url = f"{self.realm_root}/_control/v1/{path}{parameters}"
        request = urllib.request.Request(url, data=_encode(body), method=method)
        if body is not None:
            request.add_header("Content-Type", "application/json")
        if self._token is not None:
            request.add_header("Authorization", f"Bearer {self._token}")
        return self._open(request, wait + RESPONSE_TIMEOUT)

    def read(self, method: str, path: str, response: ControlResponse) -> Any:
        """Return the JSON document of a response, or ``None`` if it is empty.

        :raises EwsImServerError: The server rejected the request.
        """
        try:
            document = json.loads(response.body or "null")
            if response.status < 400:
                return document
            problems = "\n".join(document["problems"])
        except (ValueError, KeyError, TypeError):
            raise EwsImServerError(
                f"{self.root} is not an Ews.ImService server, or its control API is disabled: "
                f"{method} {path} returned HTTP status {response.status}.") from None
        raise EwsImServerError(f"The server rejected {method} {path}: {problems}")

    def get(self, path: str, timeout: float) -> ControlResponse:
        """Read another resource of the server and return the response, regardless of its status.

        :raises EwsImServerError: The server cannot be reached.
        """
        return self._open(urllib.request.Request(f"{self.root}{path}"), timeout)

    def _open(self, request: urllib.request.Request, timeout: float) -> ControlResponse:
        try:
            with self._open_any(request, timeout) as response:
                return ControlResponse(response.status, response.read())
        except (OSError, HTTPException) as error:
            reason = error.reason if isinstance(error, urllib.error.URLError) else error
            raise EwsImServerError(f"No server responds at {self.root}: {reason}") from None

    def _open_any(self, request: urllib.request.Request, timeout: float) -> Any:
        """Return the response, regardless of its status."""
        try:
            return self._opener.open(request, timeout=timeout)
        except urllib.error.HTTPError as error:
            return error


def verify_token(token: Optional[str]) -> Optional[str]:
    """Return a token if it can be sent in a header.

    :raises ValueError: It cannot. The message does not contain the token.
    """
    __tracebackhide__ = True
    if token is None or (token.isascii() and token.isprintable() and token == token.strip()):
        return token
    raise ValueError(
        "The token must consist of printable ASCII characters, and must not begin or end with a "
        "space. A token that was read from a file may end with a line break.")


def _context(certificate: Optional[str]) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=certificate)
    except OSError as error:
        raise EwsImServerError(
            f"The certificate file '{certificate}' cannot be read: {error}") from error


def _encode(body: Any) -> Optional[bytes]:
    if body is None or isinstance(body, bytes):
        return body
    return json.dumps(body).encode()
