"""Fault rules."""

from __future__ import annotations

from typing import Any, Optional

from ews_im_testing import contract
from ews_im_testing.texts import Texts, to_texts
from ews_im_testing.times import Duration, to_milliseconds


class FaultRule:
    """A fault rule: an effect, and the conditions under which it applies. Instances are immutable.

    :class:`Fault` creates rules. The server validates a rule when it is added.
    """

    def __init__(self, content: contract.FaultRule) -> None:
        """Create a rule from the object of the control API."""
        self.content: contract.FaultRule = content

    @property
    def id(self) -> Optional[str]:
        """The id, or ``None`` if the rule was not added yet."""
        return self.content.get("id")

    @property
    def matched_count(self) -> int:
        """The number of requests that the rule matched when it was read."""
        return self.content.get("matched", 0)

    @property
    def triggered_count(self) -> int:
        """The number of requests that had triggered the rule when it was read."""
        return self.content.get("triggered", 0)

    def on_operation(self, operation: str) -> FaultRule:
        """Limit the rule to requests for an operation, such as ``AddImGroup``."""
        return self._with(operation=operation)

    def on_mailbox(self, smtp_address: str) -> FaultRule:
        """Limit the rule to requests for a mailbox. Case is ignored."""
        return self._with(mailbox=smtp_address)

    def from_nth(self, nth: int) -> FaultRule:
        """Ignore the matching requests before the nth, counted from 1."""
        return self._with(nth=nth)

    def at_most(self, times: int) -> FaultRule:
        """Limit the number of requests that trigger the rule. By default, it is not limited."""
        return self._with(times=times)

    def once(self) -> FaultRule:
        """Limit the rule to one request. Equivalent to ``at_most(1)``."""
        return self.at_most(1)

    def with_probability(self, probability: float, seed: int = 0) -> FaultRule:
        """Trigger the rule for a random selection of the matching requests.

        :param probability: The probability, from 0 to 1.
        :param seed: The seed of the random numbers, 0 or more. The same seed selects the same
            requests on each run.
        """
        return self._with(probability=probability, seed=seed)

    def with_delay(self, delay: Duration) -> FaultRule:
        """Delay the injected response, by at most 24 hours."""
        return self._with(delayMilliseconds=to_milliseconds(delay))

    def __repr__(self) -> str:
        """Return the object of the control API."""
        return f"FaultRule({self.content})"

    def _with(self, **values: Any) -> FaultRule:
        content: Any = {**self.content, **values}
        return FaultRule(content)


class Fault:
    """Creates fault rules by their effect. Without conditions, a rule applies to every request."""

    @staticmethod
    def server_busy(back_off: Duration) -> FaultRule:
        """Reject the request with the SOAP fault ErrorServerBusy.

        :param back_off: The time that the client must wait, the value BackOffMilliseconds of the
            fault; at most 24 hours.
        """
        milliseconds = to_milliseconds(back_off)
        return FaultRule({"kind": "serverBusy", "backOffMilliseconds": milliseconds})

    @staticmethod
    def response_code(response_code: str, message_text: Optional[str] = None) -> FaultRule:
        """Return the error response of the operation, without executing it.

        :param response_code: The EWS response code, such as ``ErrorItemNotFound``.
        :param message_text: The message text; the default is the text that Exchange uses.
        """
        return _with_code("responseCode", response_code, message_text)

    @staticmethod
    def soap_fault(response_code: str, message_text: Optional[str] = None) -> FaultRule:
        """Return a SOAP fault with HTTP status 500, without executing the operation.

        :param response_code: The EWS response code, such as ``ErrorInternalServerError``.
        :param message_text: The message text; the default is the text that Exchange uses.
        """
        return _with_code("soapFault", response_code, message_text)

    @staticmethod
    def http(
        status: int, body: str = "", headers: Optional[Texts] = None,
    ) -> FaultRule:
        """Return an HTTP response that is not an EWS response, without executing the operation.

        :param status: The HTTP status, 200 to 599.
        :param body: The body, as plain text.
        :param headers: The headers, such as Location; a sequence is a header with several
            values.
        """
        return FaultRule(
            {"kind": "http", "status": status, "body": body, "headers": to_texts(headers or {})})

    @staticmethod
    def delay(delay: Duration) -> FaultRule:
        """Execute the operation and delay its response, by 1 millisecond to 24 hours.

        To delay an injected response, use :meth:`FaultRule.with_delay`.
        """
        return FaultRule({"kind": "delay", "milliseconds": to_milliseconds(delay)})

    @staticmethod
    def slow_body(bytes_per_second: int) -> FaultRule:
        """Execute the operation and limit the rate of its response body."""
        return FaultRule({"kind": "slowBody", "bytesPerSecond": bytes_per_second})

    @staticmethod
    def drop() -> FaultRule:
        """Close the connection without executing the operation."""
        return FaultRule({"kind": "drop"})

    @staticmethod
    def drop_after() -> FaultRule:
        """Execute the operation and close the connection without a response."""
        return FaultRule({"kind": "dropAfter"})

    @staticmethod
    def truncate(byte_count: int = 100) -> FaultRule:
        """Execute the operation and close the connection after part of the response body."""
        return FaultRule({"kind": "truncate", "bytes": byte_count})

    @staticmethod
    def malformed() -> FaultRule:
        """Execute the operation and return a response whose body is not well-formed XML."""
        return FaultRule({"kind": "malformed"})


def _with_code(kind: str, response_code: str, message_text: Optional[str]) -> FaultRule:
    content: Any = {"kind": kind, "responseCode": response_code}
    if message_text is not None:
        content["messageText"] = message_text
    return FaultRule(content)
