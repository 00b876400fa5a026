"""Realms: isolated mailboxes, journal, fault rules and clock."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Optional, Union, cast
from urllib.parse import quote

from ews_im_testing import contract
from ews_im_testing.clock import EwsImClock
from ews_im_testing.control import ControlClient
from ews_im_testing.errors import is_own_error
from ews_im_testing.faults import EwsImFaults
from ews_im_testing.journal import EwsImJournal
from ews_im_testing.mailbox import SeedMailbox

__tracebackhide__ = is_own_error


class EwsImRealm:
    """A realm: mailboxes, a journal, fault rules and a clock, isolated from the other realms.

    Each member raises :class:`EwsImServerError` if the server cannot be reached or rejects the
    request.
    """

    def __init__(self, control: ControlClient) -> None:
        """Create the view of a realm that exists."""
        self._control = control
        # The name; that of the default realm is empty.
        self.name = control.realm
        # The root URL, such as http://127.0.0.1:41234 or http://127.0.0.1:41234/realms/my-test.
        self.root_url = control.realm_root
        # The EWS URL for clients, such as http://127.0.0.1:41234/EWS/Exchange.asmx.
        self.url = f"{self.root_url}/EWS/Exchange.asmx"
        self.clock = EwsImClock(control)
        self.faults = EwsImFaults(control)
        self.journal = EwsImJournal(control)

    def seed(self, mailbox: SeedMailbox) -> SeedMailbox:
        """Create a mailbox, or replace the mailbox with the same address.

        :returns: The mailbox that was created, with its ids and times.
        """
        self.import_seed({"mailboxes": [mailbox.content]})
        content = self._control.send("GET", _mailbox_path(mailbox.smtp_address))
        return SeedMailbox.from_content(content)

    def find_mailbox(self, smtp_address: str) -> Optional[SeedMailbox]:
        """Return the contents of a mailbox, or ``None`` if it does not exist.

        A mailbox is created when it is seeded or when a client first uses it.

        :param smtp_address: The primary SMTP address. Case is ignored.
        """
        path = _mailbox_path(smtp_address)
        response = self._control.try_send("GET", path)
        if response.status == 404 and self._exists():
            return None
        return SeedMailbox.from_content(self._control.read("GET", path, response))

    def mailboxes(self, search: Optional[str] = None) -> list[contract.MailboxSummary]:
        """Return a summary of each mailbox, ordered by address.

        :param search: A part of the primary addresses of the mailboxes to return. Case is ignored.
        """
        page: contract.MailboxList = self._control.send(
            "GET", "mailboxes", query={"search": search})
        return page["mailboxes"]

    def import_seed(
        self, document: Union[contract.SeedDocument, os.PathLike[str]], *,
        replace_all: bool = False,
    ) -> None:
        """Import a seed document. Its mailboxes replace those with the same addresses.

        If the document is invalid, no mailbox is changed.

        :param document: The seed document, or the path of its file.
        :param replace_all: ``True`` to delete all other mailboxes of the realm.
        :raises TypeError: The document is a string.
        """
        if isinstance(document, (str, bytes)):
            raise TypeError("Pass the seed document as a dictionary, or the path as a Path.")
        body = Path(document).read_bytes() if isinstance(document, os.PathLike) else document
        self._control.send("PUT" if replace_all else "POST", "seed", body)

    def export_seed(self) -> contract.SeedDocument:
        """Return all mailboxes of the realm as a seed document.

        The document contains ids, order and times: importing it restores identical mailboxes.
        """
        return cast(contract.SeedDocument, self._control.send("GET", "seed"))

    def reset(self) -> None:
        """Reset mailboxes, fault rules, journal and clock to the initial state.

        Snapshots are kept.
        """
        self._control.send("POST", "reset")

    def reset_mailbox(self, smtp_address: str) -> None:
        """Reset one mailbox to its initial state."""
        self._control.send("POST", "reset", query={"mailbox": smtp_address})

    def take_snapshot(self, name: str) -> None:
        """Take a snapshot of all mailboxes. It replaces the snapshot with the same name."""
        self._control.send("PUT", _snapshot_path(name))

    def restore_snapshot(self, name: str) -> None:
        """Replace all mailboxes of the realm with those of a snapshot."""
        self._control.send("POST", f"{_snapshot_path(name)}/restore")

    def delete_snapshot(self, name: str) -> None:
        """Delete a snapshot."""
        self._control.send("DELETE", _snapshot_path(name))

    def snapshots(self) -> list[contract.SnapshotSummary]:
        """Return the snapshots, ordered by name."""
        page: contract.SnapshotList = self._control.send("GET", "snapshots")
        return page["details"]

    def __repr__(self) -> str:
        """Return the type and the EWS URL."""
        return f"<{type(self).__name__} {self.url}>"

    def _exists(self) -> bool:
        page: contract.RealmList = self._control.for_realm("").send("GET", "realms")
        return self.name in page["realms"]


def _mailbox_path(smtp_address: str) -> str:
    return f"mailboxes/{quote(smtp_address, safe='')}"


def _snapshot_path(name: str) -> str:
    return f"snapshots/{quote(name, safe='')}"
