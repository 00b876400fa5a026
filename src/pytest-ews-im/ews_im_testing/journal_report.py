"""The journal in the report of a failed test."""

import textwrap
from typing import Optional, Sequence

from ews_im_testing import contract
from ews_im_testing.journal_entry import JournalEntry
from ews_im_testing.realm import EwsImRealm

_MAX_ENTRIES = 100
_MAX_BODIES = 3
_MAX_BODY_LENGTH = 4000


def describe_journal(realm: EwsImRealm) -> str:
    """Return the newest requests of a realm, one in a line, and the bodies of the last ones."""
    try:
        entries = realm.journal.entries()
    except Exception as error:  # An exception in a report would end the session of pytest.
        return f"The journal cannot be read. {error}"
    if not entries:
        return "The journal is empty."
    lines = [str(entry) for entry in entries[-_MAX_ENTRIES:]]
    if len(entries) > _MAX_ENTRIES:
        lines.insert(0, f"{len(entries) - _MAX_ENTRIES} older requests are not shown.")
    lines += _describe_missing_sign_in(entries)
    for entry in entries[-_MAX_BODIES:]:
        lines += ["", f"Request #{entry.id}:", _body_of(entry.content.get("request"))]
        lines += ["", f"Response #{entry.id}:", _body_of(entry.content.get("response"))]
    return "\n".join(lines)


def _describe_missing_sign_in(entries: Sequence[JournalEntry]) -> list[str]:
    """Return a hint if the client selected no mailbox in any request."""
    mailboxes = {entry.mailbox for entry in entries if entry.mailbox is not None}
    if len(mailboxes) != 1 or any(_selects_mailbox(entry) for entry in entries):
        return []
    return [
        "No request has credentials or ExchangeImpersonation. They use the default mailbox "
        f"{mailboxes.pop()}."]


def _selects_mailbox(entry: JournalEntry) -> bool:
    return "Authorization" in entry.request_headers \
        or "ExchangeImpersonation" in entry.request_body


def _body_of(message: Optional[contract.JournalMessage]) -> str:
    """Return the body of a request or a response, indented and at most of the shown length."""
    return textwrap.indent(_text_of(message), "  ")


def _text_of(message: Optional[contract.JournalMessage]) -> str:
    if message is None:
        return "(none)"
    body = message.get("body")
    if body is None:
        return "(not valid UTF-8)"
    if not body:  # A body without an EWS operation, such as that of the WSDL, is not recorded.
        return "(not recorded)" if "Content-Type" in message["headers"] else "(empty)"
    if len(body) <= _MAX_BODY_LENGTH:
        return body
    return f"{body[:_MAX_BODY_LENGTH]}\n({len(body) - _MAX_BODY_LENGTH} more characters)"
