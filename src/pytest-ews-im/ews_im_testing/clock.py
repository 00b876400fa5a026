"""The clock of a realm."""

from datetime import datetime
from typing import Optional

from ews_im_testing.contract import ClockState
from ews_im_testing.control import ControlClient
from ews_im_testing.errors import is_own_error
from ews_im_testing.times import Duration, format_time, parse_time, to_milliseconds

__tracebackhide__ = is_own_error


class EwsImClock:
    """The clock of a realm, which provides the times of its contacts, groups and journal.

    Each member raises :class:`EwsImServerError` if the server cannot be reached or rejects the
    value. A clock shows times from 1900-01-01 to 4500-01-01.
    """

    def __init__(self, control: ControlClient) -> None:
        """Create the clock of a realm."""
        self._control = control

    def now(self) -> datetime:
        """Return the current time of the realm, in UTC."""
        return self._send("GET", "clock")

    def freeze(self, at: Optional[datetime] = None) -> datetime:
        """Stop the clock.

        :param at: The time at which the clock stops, with a time zone; the default is the current
            time of the realm.
        :returns: The time of the stopped clock, in UTC.
        """
        return self._send("PUT", "clock", {} if at is None else {"at": format_time(at)})

    def advance(self, by: Duration) -> datetime:
        """Move the clock forward, whether it is running or frozen.

        :param by: The time to add, as a timedelta or in seconds; a negative value moves the clock
            back. The maximum is 100 years.
        :returns: The time to which the clock has moved, in UTC.
        """
        return self._send("POST", "clock/advance", {"milliseconds": to_milliseconds(by)})

    def reset(self) -> None:
        """Reset the clock, so that it runs and shows the time of the system again."""
        self._send("DELETE", "clock")

    def _send(self, method: str, path: str, body: object = None) -> datetime:
        state: ClockState = self._control.send(method, path, body)
        return parse_time(state["now"])
