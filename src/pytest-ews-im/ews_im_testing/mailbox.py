"""Mailboxes to seed, and the contents of mailboxes."""

from __future__ import annotations

from typing import Any, Iterable, Optional, Union, cast

from ews_im_testing import contract
from ews_im_testing.errors import EwsImVerificationError, is_own_error
from ews_im_testing.texts import Texts, to_texts

__tracebackhide__ = is_own_error

_USER_GROUP_TYPES = ("UserGroup", "DistributionGroup")


class SeedMailbox:
    """A mailbox to seed, or the contents of a mailbox. Instances are immutable.

    Groups and contacts are dictionaries with the names of the seed document, such as
    ``group["displayName"]``; :mod:`ews_im_testing.contract` declares their types.
    """

    def __init__(self, smtp_address: str) -> None:
        """Create an empty mailbox.

        :param smtp_address: The primary SMTP address.
        """
        self.content: contract.SeedMailbox = {"smtpAddress": smtp_address}

    @classmethod
    def from_content(cls, content: contract.SeedMailbox) -> SeedMailbox:
        """Create a mailbox from the object of a seed document."""
        mailbox = cls(content["smtpAddress"])
        mailbox.content = content
        return mailbox

    @property
    def smtp_address(self) -> str:
        """The primary SMTP address."""
        return self.content["smtpAddress"]

    @property
    def groups(self) -> list[contract.SeedGroup]:
        """The groups, in list order, including the system groups that the mailbox has."""
        return self.content.get("groups", [])

    @property
    def user_groups(self) -> list[contract.SeedGroup]:
        """The groups that are not system groups, in list order."""
        return [
            group for group in self.groups
            if group.get("type", "UserGroup") in _USER_GROUP_TYPES]

    @property
    def im_contacts(self) -> list[contract.SeedImContact]:
        """The IM contacts (Quick Contacts)."""
        return self.content.get("imContacts", [])

    @property
    def contacts(self) -> list[contract.SeedContact]:
        """The contacts that are not on the IM list."""
        return self.content.get("contacts", [])

    def with_group(self, display_name: str, *members: str) -> SeedMailbox:
        """Add an IM group.

        :param display_name: The display name, unique in the mailbox regardless of case.
        :param members: The IM addresses of the members. A member that is not an IM contact of the
            mailbox becomes one, with its address as its name.
        """
        group: contract.SeedGroup = {"displayName": display_name, "members": [*members]}
        return self._with(groups=[*self.groups, group])

    def with_distribution_group(
        self, smtp_address: str, display_name: Optional[str] = None,
    ) -> SeedMailbox:
        """Add a distribution group.

        :param display_name: The display name; the default is the address.
        """
        group: contract.SeedGroup = {
            "displayName": display_name or smtp_address, "type": "DistributionGroup",
            "smtpAddress": smtp_address}
        return self._with(groups=[*self.groups, group])

    def with_im_contact(self, im_address: str, display_name: Optional[str] = None) -> SeedMailbox:
        """Add an IM contact (Quick Contact).

        :param im_address: The IM address, unique in the mailbox regardless of case.
        :param display_name: The display name; the default is the address.
        """
        contact: contract.SeedImContact = {"imAddress": im_address}
        if display_name is not None:
            contact["displayName"] = display_name
        return self._with(imContacts=[*self.im_contacts, contact])

    def with_contact(self, properties: Texts) -> SeedMailbox:
        """Add a contact that is not on the IM list.

        :param properties: The property values by EWS property path, such as
            ``contacts:GivenName``: a string, or a sequence of several.
        """
        contact: contract.SeedContact = {"properties": to_texts(properties)}
        return self._with(contacts=[*self.contacts, contact])

    def with_im_list_migration_completed(self) -> SeedMailbox:
        """Mark the migration of the IM list as complete."""
        return self._with(imListMigrationCompleted=True)

    def get_group(self, display_name: str) -> contract.SeedGroup:
        """Return a group by its display name. Case is ignored.

        :raises EwsImVerificationError: There is no such group. The message lists the groups.
        """
        for group in self.groups:
            if _are_equal(group["displayName"], display_name):
                return group
        raise self._not_found(
            "group", display_name, (group["displayName"] for group in self.groups))

    def get_im_contact(self, im_address: str) -> contract.SeedImContact:
        """Return an IM contact by its address, or by the tel URI of a phone contact.

        Case is ignored.

        :raises EwsImVerificationError: There is no such contact. The message lists the contacts.
        """
        contact = self._find_im_contact(im_address)
        if contact is None:
            raise self._not_found("IM contact", im_address, map(_address_of, self.im_contacts))
        return contact

    def get_members(self, display_name: str) -> list[contract.SeedImContact]:
        """Return the IM contacts in a group, in the order in which they were added.

        :param display_name: The display name of the group. Case is ignored.
        :raises EwsImVerificationError: There is no such group. The message lists the groups.
        """
        members = self.get_group(display_name).get("members", [])
        return [
            self._find_im_contact(address) or {"imAddress": address, "displayName": address}
            for address in map(_member_address, members)]

    def get_groups_of(self, im_address: str) -> list[contract.SeedGroup]:
        """Return the groups that have an IM contact as a member, in list order."""
        return [
            group for group in self.groups
            if any(_are_equal(_member_address(member), im_address)
                   for member in group.get("members", []))]

    def __repr__(self) -> str:
        """Return the object of the seed document."""
        return f"SeedMailbox({self.content})"

    def _with(self, **values: Any) -> SeedMailbox:
        return self.from_content(cast(contract.SeedMailbox, {**self.content, **values}))

    def _find_im_contact(self, address: str) -> Optional[contract.SeedImContact]:
        return next((contact for contact in self.im_contacts
                     if _are_equal(_address_of(contact), address)), None)

    def _not_found(self, kind: str, name: str, existing: Iterable[str]) -> EwsImVerificationError:
        names = ", ".join(f"'{one}'" for one in existing)
        found = f"Its {kind}s are {names}." if names else f"It has no {kind}s."
        return EwsImVerificationError(
            f"The mailbox {self.smtp_address} has no {kind} '{name}'. {found}")


def _are_equal(left: str, right: str) -> bool:
    return left.lower() == right.lower()


def _address_of(contact: contract.SeedImContact) -> str:
    if "telUri" in contact:
        return contact["telUri"]["telUriAddress"]
    return contact.get("imAddress", "")


def _member_address(member: Union[str, contract.SeedMember]) -> str:
    if isinstance(member, str):
        return member
    return member.get("telUri") or member.get("contact", "")
