"""A test of an application that uses exchangelib."""

import pytest
from exchangelib import BASIC, DELEGATE, Account, Configuration, Contact, Credentials
from exchangelib.errors import ErrorServerBusy

from ews_im_testing import EwsImRealm, Fault, SeedMailbox


@pytest.fixture
def account(ews_im_realm: EwsImRealm) -> Account:
    """Connect exchangelib to the realm of the test."""
    config = Configuration(
        service_endpoint=ews_im_realm.url, auth_type=BASIC, credentials=Credentials("alice@contoso.com", "any password"))
    return Account("alice@contoso.com", config=config, autodiscover=False, access_type=DELEGATE)


def test_a_contact_is_saved_after_the_server_was_busy(ews_im_realm: EwsImRealm, account: Account) -> None:
    """Seed a mailbox, save contacts with a fault between them, and verify the requests."""
    ews_im_realm.seed(SeedMailbox("alice@contoso.com").with_contact({"contacts:GivenName": "Erin"}))
    assert [contact.given_name for contact in account.contacts.all()] == ["Erin"]

    with ews_im_realm.faults.inject(Fault.server_busy(2.0).on_operation("CreateItem").once()):
        with pytest.raises(ErrorServerBusy):
            Contact(account=account, folder=account.contacts, given_name="Zoë", display_name="Zoë").save()
    Contact(account=account, folder=account.contacts, given_name="Zoë", display_name="Zoë").save()

    ews_im_realm.journal.assert_received("CreateItem", mailbox="alice@contoso.com", times=2)
    alice = ews_im_realm.find_mailbox("alice@contoso.com")
    assert [contact["properties"]["contacts:GivenName"] for contact in alice.contacts] == ["Erin", "Zoë"]
