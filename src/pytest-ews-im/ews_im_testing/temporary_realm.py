"""Realms for one test."""

from __future__ import annotations

from ews_im_testing.errors import is_own_error
from ews_im_testing.realm import EwsImRealm

__tracebackhide__ = is_own_error


class EwsImTemporaryRealm(EwsImRealm):
    """A realm that is deleted at the end of a ``with`` block."""

    def delete(self) -> None:
        """Delete the realm with its mailboxes, snapshots, fault rules, journal and clock.

        It can have been deleted before.
        """
        path = f"realms/{self.name}"
        response = self._control.for_realm("").try_send("DELETE", path)
        if response.status != 404:
            self._control.read("DELETE", path, response)

    def __enter__(self) -> EwsImTemporaryRealm:
        """Return the realm."""
        return self

    def __exit__(self, *exception: object) -> None:
        """Delete the realm."""
        self.delete()
