"""The journal: verification, waiting, replay."""

import threading
from datetime import datetime, timedelta, timezone

import pytest
from ews import EwsClient

from ews_im_testing import (
    EwsImServer, EwsImServerError, EwsImServerOptions, EwsImVerificationError, Fault)

ALICE = "alice@contoso.com"


def message_of(verification):
    """Return the message of a verification that fails."""
    with pytest.raises(EwsImVerificationError) as error:
        verification()
    return str(error.value)


def test_entry_has_headers_bodies_and_duration(ews_im_realm, client):
    before = datetime.now(timezone.utc)
    client.add_im_group("Team")

    [entry] = ews_im_realm.journal.entries()

    assert (entry.id, entry.state, entry.method, entry.path) == (
        1, "answered", "POST", "/EWS/Exchange.asmx")
    assert (entry.operation, entry.mailbox, entry.response_code, entry.status) == (
        "AddImGroup", ALICE, "NoError", 200)
    assert (entry.fault, entry.early_by_milliseconds) == (None, None)
    assert entry.request_headers["content-type"] == "text/xml"
    assert entry.response_headers["CONTENT-TYPE"] == "text/xml; charset=utf-8"
    assert "<m:DisplayName>Team<" in entry.request_body
    assert "AddImGroupResponse" in entry.response_body
    assert entry.duration > timedelta()
    assert abs(entry.time - before) < timedelta(minutes=1)
    assert str(entry) == f"#1 AddImGroup for {ALICE}: NoError"


def test_entry_has_the_trace_of_the_client(ews_im_realm, client):
    trace = "0af7651916cd43dd8448eb211c80319c"
    headers = {"traceparent": f"00-{trace}-b7ad6b7169203331-01"}
    EwsClient(ews_im_realm.url, headers=headers).get_im_item_list()
    client.get_im_item_list()

    assert [entry.trace_id for entry in ews_im_realm.journal.entries()] == [trace, None]


def test_requests_are_verified(ews_im_realm, client):
    client.add_im_group("Team")
    client.get_im_item_list()
    journal = ews_im_realm.journal

    journal.assert_received("AddImGroup", times=1)
    [match] = journal.assert_received(
        "AddImGroup", mailbox=ALICE.upper(), contains=">TEAM<", response_code="noerror",
        status=200, is_early=False, after_id=0, where=lambda entry: entry.method == "POST")
    assert match.id == 1
    journal.assert_received(times=2)
    journal.assert_received("SetImGroup", times=0)
    journal.assert_not_received("AddImGroup", after_id=1)


def test_failure_shows_the_closest_requests(ews_im_realm, client):
    EwsClient(ews_im_realm.url, "bob@contoso.com").add_im_group("Team")
    client.get_im_item_list()

    message = message_of(lambda: ews_im_realm.journal.assert_received(
        "AddImGroup", mailbox=ALICE, contains="Team"))

    assert message.splitlines() == [
        f"Expected at least 1 request for the operation AddImGroup to the mailbox {ALICE} with "
        "the text 'Team' in the body, but none of the 2 requests in the journal matches.",
        "The closest requests are:",
        f"  #1 AddImGroup for bob@contoso.com: NoError. The mailbox is bob@contoso.com instead of "
        f"{ALICE}.",
        f"  #2 GetImItemList for {ALICE}: NoError. The operation is GetImItemList instead of "
        "AddImGroup. The body does not contain 'Team'."]


def test_failure_states_the_number_of_matching_requests(ews_im_realm, client):
    journal = ews_im_realm.journal
    requests = "for the operation AddImGroup with the response code NoError after request #0"

    def failure(times):
        return message_of(lambda: journal.assert_received(
            "AddImGroup", times=times, response_code="NoError", after_id=0))

    assert failure(None) == f"Expected at least 1 request {requests}, but the journal is empty."
    client.add_im_group("1")
    assert failure(0) == (
        f"Expected no request {requests}, but the only request in the journal matches:\n"
        f"  #1 AddImGroup for {ALICE}: NoError")
    client.get_im_item_list()
    assert failure(2) == (
        f"Expected exactly 2 requests {requests}, but 1 of the 2 requests in the journal "
        "matches:\n"
        f"  #1 AddImGroup for {ALICE}: NoError\n"
        "The closest request is:\n"
        f"  #2 GetImItemList for {ALICE}: NoError. The operation is GetImItemList instead of "
        "AddImGroup.")
    for number in range(2, 8):
        client.add_im_group(str(number))
    message = failure(1)
    assert message.startswith(
        f"Expected exactly 1 request {requests}, but 7 of the 8 requests in the journal match:\n")
    assert message.endswith("\n  and 2 more")  # Other requests are not of interest.


@pytest.fixture(scope="module")
def small_journal():
    """Return a server that keeps the newest two requests of each realm."""
    with EwsImServer.start(EwsImServerOptions(settings={"Control:JournalEntries": 2})) as exchange:
        yield exchange


def test_verification_fails_if_it_depends_on_evicted_requests(small_journal):
    evicted = (
        "The requests up to #2 were evicted and may match. Set Control:JournalEntries and "
        "Control:JournalBytes to greater values.")
    incomplete = f"but the journal is incomplete. {evicted}"
    with small_journal.create_realm() as realm:
        journal = realm.journal
        client = EwsClient(realm.url)
        client.add_im_group("Team")
        client.get_im_item_list()
        journal.assert_received("AddImGroup", times=1)
        client.get_im_item_list()
        client.get_im_item_list()

        assert message_of(lambda: journal.assert_not_received("AddImGroup")) == (
            f"Expected no request for the operation AddImGroup, {incomplete}")
        assert message_of(lambda: journal.assert_received("GetImItemList", times=2)) == (
            f"Expected exactly 2 requests for the operation GetImItemList, {incomplete}")
        for failure in (
                lambda: journal.assert_received("AddImGroup"),
                lambda: journal.assert_received("GetImItemList", times=3),
                lambda: journal.wait_for("AddImGroup", timeout=0.01)):
            assert message_of(failure).endswith(f"\n{evicted}")
        assert len(journal.assert_received("GetImItemList")) == 2
        assert journal.wait_for("GetImItemList").id == 3
        journal.assert_not_received("AddImGroup", after_id=2)
        journal.assert_received("GetImItemList", times=2, after_id=2)
        journal.clear()
        journal.assert_not_received("AddImGroup")


def is_elsewhere(entry):
    return entry.path == "/elsewhere"


@pytest.mark.parametrize(("conditions", "difference"), [
    ({"operation": "AddImGroup"}, "The operation is GetImItemList instead of AddImGroup."),
    ({"mailbox": "bob@contoso.com"}, f"The mailbox is {ALICE} instead of bob@contoso.com."),
    ({"contains": "x-y"}, "The body does not contain 'x-y'."),
    ({"response_code": "ErrorX"}, "The response code is NoError instead of ErrorX."),
    ({"status": 500}, "The HTTP status is 200 instead of 500."),
    ({"is_early": True}, "It did not arrive before the end of a back-off."),
    ({"after_id": 1}, "It is not after request #1."),
    ({"where": is_elsewhere}, "The condition is_elsewhere is not met."),
    ({"where": lambda entry: False}, "The condition where is not met."),
])
def test_each_difference_is_a_sentence(ews_im_realm, client, conditions, difference):
    client.get_im_item_list()

    message = message_of(lambda: ews_im_realm.journal.assert_received(**conditions))

    assert message.endswith(f"  #1 GetImItemList for {ALICE}: NoError. {difference}")


def test_text_is_compared_letter_by_letter(ews_im_realm, client):
    client.add_im_group("straße")

    ews_im_realm.journal.assert_received(contains="STRAßE")
    ews_im_realm.journal.assert_not_received(contains="STRASSE")


def test_unknown_operation_is_rejected(ews_im_realm):
    with pytest.raises(EwsImServerError, match="'AddImGrop'"):
        ews_im_realm.journal.assert_not_received("AddImGrop")
    with pytest.raises(EwsImServerError, match="'AddImGrop'"):
        ews_im_realm.journal.wait_for("AddImGrop")


def test_wait_returns_a_later_request(ews_im_realm, client):
    client.add_im_group("Team")
    thread = threading.Thread(target=client.add_im_group, args=("Friends",))
    timer = threading.Timer(0.2, thread.start)
    timer.start()

    entry = ews_im_realm.journal.wait_for("AddImGroup", after_id=1, timeout=60)

    timer.join()
    thread.join()
    assert (entry.id, entry.state) == (2, "answered")
    assert ews_im_realm.journal.wait_for("AddImGroup").id == 1


def test_wait_that_expires_shows_the_closest_requests(ews_im_realm, client):
    client.get_im_item_list()

    message = message_of(lambda: ews_im_realm.journal.wait_for(
        "AddImGroup", timeout=timedelta(milliseconds=50)))

    assert message.startswith("The timeout of 50 ms expired. Expected at least 1 request for the ")
    assert f"#1 GetImItemList for {ALICE}" in message


def test_arrival_is_seen_before_the_response(ews_im_realm, client):
    ews_im_realm.faults.add(Fault.delay(timedelta(hours=1)))
    connection = client.start("AddImGroup", "<m:DisplayName>Team</m:DisplayName>")

    entry = ews_im_realm.journal.wait_for_arrival("AddImGroup", timeout=60)
    message = message_of(lambda: ews_im_realm.journal.wait_for("AddImGroup", timeout=0.05))

    assert (entry.state, entry.status, entry.duration) == ("arrived", None, None)
    assert message.endswith("Its response is not complete yet.")
    assert str(entry).startswith(f"#1 AddImGroup for {ALICE}: arrived")
    connection.close()
    assert ews_im_realm.journal.wait_for("AddImGroup", timeout=60).state == "failed"


def test_replay_sends_the_request_again(ews_im_realm, client):
    client.add_im_group("Team")

    entry = ews_im_realm.journal.replay(1)

    assert (entry.id, entry.content["replayOf"]) == (2, 1)
    assert entry.response_code == "ErrorImGroupDisplayNameAlreadyExists"
    with pytest.raises(EwsImServerError, match="timeoutMilliseconds"):
        ews_im_realm.journal.replay(1, timeout=timedelta(minutes=11))


def test_cleared_journal_is_empty(ews_im_realm, client):
    client.add_im_group("Team")

    ews_im_realm.journal.clear()

    assert ews_im_realm.journal.entries() == []
