"""Patterns of requests in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Iterator, NamedTuple, Optional

from ews_im_testing.journal_entry import JournalEntry


@dataclass(frozen=True)
class RequestPattern:
    """Describes requests in the journal. A condition that is ``None`` matches every request."""

    # The EWS operation, such as AddImGroup.
    operation: Optional[str] = None

    # The primary SMTP address of the mailbox. Case is ignored.
    mailbox: Optional[str] = None

    # A text that the request body contains. Case is ignored.
    contains: Optional[str] = None

    # The EWS response code, such as NoError. Case is ignored.
    response_code: Optional[str] = None

    # The HTTP status of the response.
    status: Optional[int] = None

    # True if the request arrived before the end of the back-off that ErrorServerBusy requested.
    is_early: Optional[bool] = None

    # An id; only requests with a greater id, which arrived later, match.
    after_id: Optional[int] = None

    # A further condition.
    where: Optional[Callable[[JournalEntry], bool]] = None

    def describe(self, noun: str) -> str:
        """Return a noun, such as "2 requests", followed by the conditions of the pattern."""
        descriptions = [noun, *(condition.description for condition in self._conditions())]
        if self.where is not None:
            descriptions.append(f"with the condition {self._where_text}")
        return " ".join(descriptions)

    def differences_of(self, entry: JournalEntry) -> list[str]:
        """Return how a request differs from the pattern, as sentences; none if it matches."""
        found = [condition.find_difference(entry) for condition in self._conditions()]
        differences = [difference for difference in found if difference is not None]
        if not differences and self.where is not None and not self.where(entry):
            differences.append(f"The condition {self._where_text} is not met.")
        return differences

    @property
    def _where_text(self) -> str:
        name = getattr(self.where, "__name__", "where")
        return "where" if name == "<lambda>" else name

    def _conditions(self) -> Iterator[_Condition]:
        """Yield the conditions of the pattern, except ``where``."""
        if self.operation is not None:
            yield _equal("for", "operation", self.operation, lambda entry: entry.operation)
        if self.mailbox is not None:
            yield _equal("to", "mailbox", self.mailbox, lambda entry: entry.mailbox, str.lower)
        if self.contains is not None:
            yield _body_contains(self.contains)
        if self.response_code is not None:
            yield _equal(
                "with", "response code", self.response_code, lambda entry: entry.response_code,
                str.lower)
        if self.status is not None:
            yield _equal(
                "with", "HTTP status", str(self.status),
                lambda entry: None if entry.status is None else str(entry.status))
        if self.is_early is not None:
            yield _is_early() if self.is_early else _is_not_early()
        if self.after_id is not None:
            yield _is_after(self.after_id)


class _Condition(NamedTuple):
    # The description for messages, which follows a noun.
    description: str

    # Returns the difference of a request that does not meet the condition, as a sentence.
    find_difference: Callable[[JournalEntry], Optional[str]]


def _equal(
    preposition: str, name: str, expected: str, read: Callable[[JournalEntry], Optional[str]],
    normalize: Callable[[str], str] = str,
) -> _Condition:
    def find_difference(entry: JournalEntry) -> Optional[str]:
        actual = read(entry)
        if actual is None:
            return f"It has no {name}; {expected} is expected."
        if normalize(actual) == normalize(expected):
            return None
        return f"The {name} is {actual} instead of {expected}."
    return _Condition(f"{preposition} the {name} {expected}", find_difference)


def _body_contains(text: str) -> _Condition:
    return _Condition(
        f"with the text '{text}' in the body",
        lambda entry: None if text.lower() in entry.request_body.lower()
        else f"The body does not contain '{text}'.")


def _is_early() -> _Condition:
    return _Condition(
        "before the end of a back-off",
        lambda entry: "It did not arrive before the end of a back-off."
        if entry.early_by_milliseconds is None else None)


def _is_not_early() -> _Condition:
    return _Condition(
        "outside a back-off",
        lambda entry: None if entry.early_by_milliseconds is None
        else "It arrived before the end of a back-off.")


def _is_after(after_id: int) -> _Condition:
    return _Condition(
        f"after request #{after_id}",
        lambda entry: None if entry.id > after_id else f"It is not after request #{after_id}.")
