"""The journal in the report of a failed test."""

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
    for entry in entries[-_MAX_BODIES:]:
        lines += ["", f"Request #{entry.id}:", _shorten(entry.request_body)]
        lines += ["", f"Response #{entry.id}:", _shorten(entry.response_body)]
    return "\n".join(lines)


def _shorten(body: str) -> str:
    if len(body) <= _MAX_BODY_LENGTH:
        return body or "(empty)"
    return f"{body[:_MAX_BODY_LENGTH]}\n({len(body) - _MAX_BODY_LENGTH} more characters)"
