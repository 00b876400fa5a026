"""exchangelib as the client: sign-in with NTLM, faults, back-off, and changes of the IM list."""

import threading
from datetime import timedelta

import pytest
from ews import ENVELOPE
from exchangelib import (
    DELEGATE, NTLM, Account, Configuration, Contact, Credentials, FaultTolerance)
from exchangelib.errors import ErrorItemSave, TransportError, UnauthorizedError
from exchangelib.properties import CreatedEvent

from ews_im_testing import EwsImServer, EwsImServerOptions, Fault, SeedMailbox

ALICE = "alice@contoso.com"

SETTINGS = {
    "SignIn:Mode": "Users",
    "SignIn:Schemes:0": "Ntlm",
    "Mailboxes:Accounts:0:SmtpAddress": ALICE,
    "Mailboxes:Accounts:0:Password": "Password-1",
}


@pytest.fixture(scope="module")
def exchange():
    """Return a server that requires a valid password."""
    with EwsImServer.start(EwsImServerOptions(settings=SETTINGS)) as server:
        yield server


@pytest.fixture
def realm(exchange):
    """Return a realm of this server."""
    with exchange.create_realm() as realm:
        yield realm


def connect(realm, password="Password-1", **options):
    """Return the account alice@contoso.com."""
    config = Configuration(
        service_endpoint=realm.url, auth_type=NTLM, credentials=Credentials(ALICE, password),
        max_connections=2, **options)
    return Account(ALICE, config=config, autodiscover=False, access_type=DELEGATE)


def test_invalid_password_is_rejected(realm):
    with pytest.raises((UnauthorizedError, TransportError)):
        connect(realm, "wrong").contacts.all().count()

    realm.journal.assert_received(status=401)
    realm.journal.assert_not_received(status=200)


def has_ntlm_message(entry):
    """Return whether a request is part of a sign-in. Its message is a secret."""
    return entry.request_headers["Authorization"] == "NTLM (hidden)"


def test_contact_is_created_once(realm):
    account = connect(realm)

    Contact(account=account, folder=account.contacts, display_name="Zoë").save()

    realm.journal.assert_received("CreateItem", mailbox=ALICE, times=1)
    realm.journal.assert_received(status=401, where=has_ntlm_message)
    [contact] = realm.find_mailbox(ALICE).contacts
    assert contact["properties"]["contacts:DisplayName"] == "Zoë"


def test_client_waits_for_the_end_of_the_back_off(realm):
    account = connect(realm, retry_policy=FaultTolerance(max_wait=60))
    busy = Fault.server_busy(timedelta(milliseconds=300)).on_operation("CreateItem").once()

    with realm.faults.inject(busy) as fault:
        Contact(account=account, folder=account.contacts, display_name="Zoë").save()

    assert fault.triggered_count == 1
    realm.journal.assert_received("CreateItem", times=2)
    realm.journal.assert_not_received(is_early=True)


def test_error_response_is_reported(realm):
    account = connect(realm)
    rule = Fault.response_code("ErrorItemSave").on_operation("CreateItem")

    with realm.faults.inject(rule), pytest.raises(ErrorItemSave):
        Contact(account=account, folder=account.contacts, display_name="Zoë").save()

    assert realm.find_mailbox(ALICE).contacts == []


def add_im_group(account, name):
    """Add an IM group. exchangelib has no operation for it."""
    session = account.protocol.get_session()
    body = ENVELOPE.format(
        mailbox=ALICE, operation="AddImGroup", content=f"<m:DisplayName>{name}</m:DisplayName>")
    response = session.post(account.protocol.service_endpoint, data=body.encode())
    account.protocol.release_session(session)
    assert "NoError" in response.text


def test_change_of_the_im_list_is_streamed(realm):
    realm.seed(SeedMailbox(ALICE).with_group("Team"))
    account = connect(realm)
    subscription = account.im_contact_list.subscribe_to_streaming()
    created = []

    def listen():
        for notification in account.im_contact_list.get_streaming_events(
                subscription, connection_timeout=1):
            created.extend(event for event in notification.events
                           if isinstance(event, CreatedEvent))
            if created:
                break

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    realm.journal.wait_for_arrival("GetStreamingEvents", timeout=60)
    add_im_group(account, "Friends")
    thread.join(60)

    assert len(created) == 1
