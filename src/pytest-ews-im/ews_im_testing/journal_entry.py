"""The entries of the journal."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from email.message import Message
from typing import Optional

from ews_im_testing import contract
from ews_im_testing.times import parse_time


class JournalEntry:
    """A request that a realm received, and its response. Instances are immutable."""

    def __init__(self, content: contract.JournalEntry) -> None:
        """Create an entry from the object of the control API."""
        self.content: contract.JournalEntry = content

    @property
    def id(self) -> int:
        """The id, counted from 1 in the realm."""
        return self.content["id"]

    @property
    def time(self) -> datetime:
        """The time of arrival, by the clock of the realm."""
        return parse_time(self.content["time"])

    @property
    def state(self) -> str:
        """The progress of the request: ``arrived``, ``answered`` or ``failed``."""
        return self.content["state"]

    @property
    def method(self) -> str:
        """The HTTP method."""
        return self.content["method"]

    @property
    def path(self) -> str:
        """The path and query, without the path prefix of the realm."""
        return self.content["path"]

    @property
    def operation(self) -> Optional[str]:
        """The EWS operation, or ``None`` if it is unknown."""
        return self.content["operation"]

    @property
    def mailbox(self) -> Optional[str]:
        """The primary address of the mailbox, or ``None`` if the request reached no mailbox."""
        return self.content["mailbox"]

    @property
    def response_code(self) -> Optional[str]:
        """The EWS response code, or ``None`` if there is none."""
        return self.content["responseCode"]

    @property
    def status(self) -> Optional[int]:
        """The HTTP status, or ``None`` if no response was completed."""
        return self.content["status"]

    @property
    def fault(self) -> Optional[str]:
        """The id of the fault rule that the request triggered, or ``None``."""
        return self.content["fault"]

    @property
    def early_by_milliseconds(self) -> Optional[float]:
        """The time by which the request arrived before the end of a back-off, or ``None``."""
        return self.content["earlyByMilliseconds"]

    @property
    def duration(self) -> Optional[timedelta]:
        """The time from the arrival to the end of the response, or ``None`` until it ends."""
        milliseconds = self.content["milliseconds"]
        return None if milliseconds is None else timedelta(milliseconds=milliseconds)

    @property
    def trace_id(self) -> Optional[str]:
        """The id of the trace to which the request belongs, or ``None``."""
        return self.content.get("traceId")

    @property
    def request_headers(self) -> Message:
        """The headers of the request by name. Case is ignored, and credentials are redacted."""
        return _headers(self.content.get("request"))

    @property
    def request_body(self) -> str:
        """The body of the request; empty if it is not valid UTF-8."""
        return self.content["request"].get("body", "") if "request" in self.content else ""

    @property
    def response_headers(self) -> Message:
        """The headers of the response by name. Case is ignored."""
        return _headers(self.content.get("response"))

    @property
    def response_body(self) -> str:
        """The body of the response; empty if there is none or it is not valid UTF-8."""
        return self.content["response"].get("body", "") if "response" in self.content else ""

    def __str__(self) -> str:
        """Return a line such as ``#1 AddImGroup for alice@contoso.com: NoError``."""
        result = self.state
        if self.state == "answered":
            result = self.response_code or f"HTTP {self.status}"
        fault = "" if self.fault is None else f", fault {self.fault}"
        early = self.early_by_milliseconds
        suffix = "" if early is None else f", {json.dumps(early)} ms early"
        operation = self.operation or f"{self.method} {self.path}"
        return f"#{self.id} {operation} for {self.mailbox or '-'}: {result}{fault}{suffix}"

    def __repr__(self) -> str:
        """Return the line of :meth:`__str__` in brackets."""
        return f"<JournalEntry {self}>"


def _headers(message: Optional[contract.JournalMessage]) -> Message:
    headers = Message()
    for name, value in (message["headers"] if message else {}).items():
        headers[name] = value
    return headers
