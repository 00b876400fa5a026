"""The journal of a realm."""

from __future__ import annotations

import math
import time
from typing import Callable, NamedTuple, Optional

from ews_im_testing import contract
from ews_im_testing.control import ControlClient
from ews_im_testing.errors import EwsImVerificationError, is_own_error
from ews_im_testing.journal_entry import JournalEntry
from ews_im_testing.request_pattern import RequestPattern
from ews_im_testing.times import Duration, to_milliseconds, to_seconds
from ews_im_testing.verification_message import create_message

__tracebackhide__ = is_own_error

# The longest time in seconds that one call waits for a change of the journal.
_MAX_WAIT = 600.0

Condition = Callable[[JournalEntry], bool]


class EwsImJournal:
    """The requests that a realm received, and their responses.

    A request is added to the journal when it arrives. The server keeps the newest requests; see
    the settings ``Control:JournalEntries`` and ``Control:JournalBytes``. A verification fails if
    its result depends on requests that the server did not keep.

    The members that verify or wait have the conditions of :class:`RequestPattern`. They raise
    :class:`EwsImVerificationError` with a message that shows the closest requests. Each member
    raises :class:`EwsImServerError` if the operation is not an EWS operation or the server cannot
    be reached.
    """

    def __init__(self, control: ControlClient) -> None:
        """Create the journal of a realm."""
        self._control = control

    def entries(self) -> list[JournalEntry]:
        """Return the requests in the order of their arrival, with headers and bodies."""
        return self._read().entries

    def clear(self) -> None:
        """Delete all requests from the journal. Ids continue with the next number."""
        self._control.send("DELETE", "journal")

    def replay(self, entry_id: int, *, timeout: Duration = 30.0) -> JournalEntry:
        """Send the request of an entry again, as the same user, and return the new entry.

        :param timeout: The time after which the client of the new request disconnects, such as
            from GetStreamingEvents, as a timedelta or in seconds; at most 10 minutes.
        """
        path = f"journal/{entry_id}/replay"
        response = self._control.try_send(
            "POST", path, wait=to_seconds(timeout),
            query={"timeoutMilliseconds": to_milliseconds(timeout)})
        return JournalEntry(self._control.read("POST", path, response))

    def assert_received(
        self, operation: Optional[str] = None, *, times: Optional[int] = None,
        mailbox: Optional[str] = None, contains: Optional[str] = None,
        response_code: Optional[str] = None, status: Optional[int] = None,
        is_early: Optional[bool] = None, after_id: Optional[int] = None,
        where: Optional[Condition] = None,
    ) -> list[JournalEntry]:
        """Verify that the realm received requests.

        :param times: The exact number of requests; the default is at least one.
        :returns: The matching requests.
        """
        pattern = RequestPattern(
            operation, mailbox, contains, response_code, status, is_early, after_id, where)
        return self._verify(pattern, times)

    def assert_not_received(
        self, operation: Optional[str] = None, *, mailbox: Optional[str] = None,
        contains: Optional[str] = None, response_code: Optional[str] = None,
        status: Optional[int] = None, is_early: Optional[bool] = None,
        after_id: Optional[int] = None, where: Optional[Condition] = None,
    ) -> None:
        """Verify that the realm received no such request."""
        pattern = RequestPattern(
            operation, mailbox, contains, response_code, status, is_early, after_id, where)
        self._verify(pattern, 0)

    def wait_for(
        self, operation: Optional[str] = None, *, timeout: Duration = 5.0,
        mailbox: Optional[str] = None, contains: Optional[str] = None,
        response_code: Optional[str] = None, status: Optional[int] = None,
        is_early: Optional[bool] = None, after_id: Optional[int] = None,
        where: Optional[Condition] = None,
    ) -> JournalEntry:
        """Wait until a request has a complete response or has failed.

        A request that is already in the journal matches too, unless ``after_id`` excludes it.

        :param timeout: The maximum time to wait, as a timedelta or in seconds.
        :returns: The first matching request.
        """
        pattern = RequestPattern(
            operation, mailbox, contains, response_code, status, is_early, after_id, where)
        return self._wait(pattern, timeout, lambda entry: entry.state != "arrived")

    def wait_for_arrival(
        self, operation: Optional[str] = None, *, timeout: Duration = 5.0,
        mailbox: Optional[str] = None, contains: Optional[str] = None,
        is_early: Optional[bool] = None, after_id: Optional[int] = None,
        where: Optional[Condition] = None,
    ) -> JournalEntry:
        """Wait until a request has arrived and its operation is known.

        Its response may not be complete yet.

        :param timeout: The maximum time to wait, as a timedelta or in seconds.
        :returns: The first matching request.
        """
        pattern = RequestPattern(
            operation, mailbox, contains, is_early=is_early, after_id=after_id, where=where)
        return self._wait(
            pattern, timeout,
            lambda entry: entry.state != "arrived" or entry.operation is not None)

    def _verify(self, pattern: RequestPattern, times: Optional[int]) -> list[JournalEntry]:
        page = self._read()
        self._verify_operation(pattern, page.entries)
        matches = [entry for entry in page.entries if not pattern.differences_of(entry)]
        evicted_id = page.evicted_id_of(pattern)
        if matches if times is None else len(matches) == times and evicted_id is None:
            return matches
        raise EwsImVerificationError(
            create_message(pattern, times, matches, page.entries, evicted_id))

    def _wait(
        self, pattern: RequestPattern, timeout: Duration, is_complete: Condition,
    ) -> JournalEntry:
        seconds = to_seconds(timeout)
        deadline = time.monotonic() + seconds
        page = self._read()
        self._verify_operation(pattern, page.entries)
        while True:
            for entry in page.entries:
                if is_complete(entry) and not pattern.differences_of(entry):
                    return entry
            left = deadline - time.monotonic()
            if left <= 0:
                explanation = create_message(
                    pattern, None, [], page.entries, page.evicted_id_of(pattern))
                raise EwsImVerificationError(
                    f"The timeout of {seconds * 1000:g} ms expired. {explanation}")
            page = self._wait_for_change(page, min(left, _MAX_WAIT))

    def _wait_for_change(self, page: _Page, seconds: float) -> _Page:
        """Return the journal as soon as it changes, or the same page when the time expires."""
        response = self._control.try_send("GET", "journal/wait", wait=seconds, query={
            "bodies": "true", "count": 0, "version": page.version,
            "timeoutMilliseconds": math.ceil(seconds * 1000)})
        if response.status == 504:
            return page
        return _page(self._control.read("GET", "journal/wait", response))

    def _read(self) -> _Page:
        return _page(self._control.send("GET", "journal", query={"bodies": "true"}))

    def _verify_operation(self, pattern: RequestPattern, entries: list[JournalEntry]) -> None:
        """Reject an unknown operation, which no request can match. The server validates it."""
        operation = pattern.operation
        if operation is None or any(entry.operation == operation for entry in entries):
            return
        self._control.send("GET", "journal/count", query={"operation": operation})


class _Page(NamedTuple):
    version: int
    entries: list[JournalEntry]

    # The id of the newest request that the server did not keep; 0 if it kept all.
    evicted_through_id: int

    def evicted_id_of(self, pattern: RequestPattern) -> Optional[int]:
        """Return the id of the newest request that was not kept, if it may match a pattern."""
        return self.evicted_through_id if self.evicted_through_id > (pattern.after_id or 0) \
            else None


def _page(content: contract.JournalPage) -> _Page:
    entries = [JournalEntry(entry) for entry in content["entries"]]
    return _Page(content["version"], entries, content["evictedThroughId"])
