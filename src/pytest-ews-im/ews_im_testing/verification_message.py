"""The messages of verifications that failed."""

from typing import Optional, Sequence

from ews_im_testing.journal_entry import JournalEntry
from ews_im_testing.request_pattern import RequestPattern

_MAX_SHOWN_REQUESTS = 5


def create_message(
    pattern: RequestPattern, times: Optional[int], matches: Sequence[JournalEntry],
    entries: Sequence[JournalEntry], evicted_id: Optional[int] = None,
) -> str:
    """Create a message that states the expected and the received requests.

    :param pattern: The pattern of the expected requests.
    :param times: The expected number of requests, or ``None`` for at least one.
    :param matches: The requests that match the pattern.
    :param entries: All requests of the journal.
    :param evicted_id: The id of the newest request that was evicted from the journal, if it may
        match the pattern.
    """
    expected = pattern.describe(_expected(times))
    if evicted_id is not None and len(matches) == times:
        return f"Expected {expected}, but the journal is incomplete. {_evicted(evicted_id)}"
    found = _found(len(matches), len(entries))
    lines = [f"Expected {expected}, but {found}{':' if matches else '.'}"]
    lines += [f"  {entry}" for entry in matches[:_MAX_SHOWN_REQUESTS]]
    if len(matches) > _MAX_SHOWN_REQUESTS:
        lines.append(f"  and {len(matches) - _MAX_SHOWN_REQUESTS} more")
    if times is None or len(matches) < times:
        lines += _closest(pattern, [entry for entry in entries if entry not in matches])
    if evicted_id is not None:
        lines.append(_evicted(evicted_id))
    return "\n".join(lines)


def _evicted(evicted_id: int) -> str:
    return (
        f"The requests up to #{evicted_id} were evicted and may match. Set Control:JournalEntries "
        "and Control:JournalBytes to greater values.")


def _expected(times: Optional[int]) -> str:
    if times is None:
        return "at least 1 request"
    return {0: "no request", 1: "exactly 1 request"}.get(times, f"exactly {times} requests")


def _found(matches: int, entries: int) -> str:
    if entries == 0:
        return "the journal is empty"
    if entries == 1:
        return f"the only request in the journal {'matches' if matches else 'does not match'}"
    verb = "match" if matches > 1 else "matches"
    return f"{matches or 'none'} of the {entries} requests in the journal {verb}"


def _closest(pattern: RequestPattern, others: Sequence[JournalEntry]) -> list[str]:
    compared = [(entry, pattern.differences_of(entry)) for entry in others]
    compared.sort(key=lambda pair: (len(pair[1]), -pair[0].id))
    closest = compared[:_MAX_SHOWN_REQUESTS]
    lines = []
    if closest:
        is_one = len(closest) == 1
        lines.append(f"The closest {'request is' if is_one else 'requests are'}:")
    for entry, differences in closest:
        remarks = differences or ["Its response is not complete yet."]
        lines.append(f"  {entry}. {' '.join(remarks)}")
    return lines
