"""Fault rules and the clock."""

import http.client
import time
from datetime import datetime, timedelta, timezone
from xml.etree import ElementTree

import pytest
from ews import EwsClient

from ews_im_testing import EwsImServerError, Fault, FaultRule
from ews_im_testing.times import parse_time

ALICE = "alice@contoso.com"


def test_server_busy_is_returned_once_and_the_early_request_is_found(ews_im_realm, client):
    rule = Fault.server_busy(timedelta(minutes=1)).on_operation("AddImGroup").once()
    rule_id = ews_im_realm.faults.add(rule)

    assert '<t:Value Name="BackOffMilliseconds">60000</t:Value>' in client.add_im_group("Team")
    assert "NoError" in client.add_im_group("Team")

    assert ews_im_realm.faults.triggered_count(rule_id) == 1
    [early] = ews_im_realm.journal.assert_received("AddImGroup", is_early=True, times=1)
    assert 0 < early.early_by_milliseconds <= 60000
    assert f"{early.early_by_milliseconds} ms early" in str(early)
    [busy] = ews_im_realm.journal.assert_received(response_code="ErrorServerBusy")
    assert (busy.fault, busy.content["faultKind"]) == (rule_id, "serverBusy")


def test_error_codes_are_returned(ews_im_realm, client):
    with ews_im_realm.faults.inject(Fault.response_code("ErrorItemNotFound", "Gone")):
        status, _, text = client.send("GetImItemList")
        assert status == 200 and "ErrorItemNotFound" in text and "Gone" in text
    with ews_im_realm.faults.inject(Fault.soap_fault("ErrorInternalServerError")):
        status, _, text = client.send("GetImItemList")
        assert status == 500 and "ErrorInternalServerError" in text


def test_http_response_has_headers_and_body(ews_im_realm, client):
    rule = Fault.http(503, "Later", {"Retry-After": "7", "X-Many": ["a", "b"]})

    with ews_im_realm.faults.inject(rule.with_delay(0.001)):
        status, headers, text = client.send("GetImItemList")

    assert (status, text, headers["Retry-After"]) == (503, "Later", "7")
    assert headers.get_all("X-Many") == ["a", "b"]


def test_slow_responses_are_complete(ews_im_realm, client):
    for rule in (Fault.delay(0.2), Fault.slow_body(5000)):
        with ews_im_realm.faults.inject(rule) as injected:
            begin = time.monotonic()
            assert "NoError" in client.get_im_item_list()
            assert time.monotonic() - begin >= 0.15
        assert injected.triggered_count == 1


@pytest.mark.parametrize(("rule", "is_executed"), [
    (Fault.drop(), False), (Fault.drop_after(), True), (Fault.truncate(10), True)])
def test_connection_is_closed(ews_im_realm, client, rule, is_executed):
    ews_im_realm.faults.add(rule)

    with pytest.raises((OSError, http.client.HTTPException)):
        client.add_im_group("Team")

    alice = ews_im_realm.find_mailbox(ALICE)
    assert ("Team" in [group["displayName"] for group in alice.user_groups] if alice else False) \
        is is_executed
    assert ews_im_realm.journal.wait_for().state == "failed"


def test_malformed_response_is_not_xml(ews_im_realm, client):
    with ews_im_realm.faults.inject(Fault.malformed()):
        with pytest.raises(ElementTree.ParseError):
            ElementTree.fromstring(client.get_im_item_list())


def test_conditions_select_requests(ews_im_realm, client):
    rule = Fault.http(503).on_operation("GetImItemList").on_mailbox(ALICE).from_nth(2).at_most(2)
    rule_id = ews_im_realm.faults.add(rule)
    bob = EwsClient(ews_im_realm.url, "bob@contoso.com")

    assert bob.send("GetImItemList")[0] == 200
    assert client.send("AddImGroup", "<m:DisplayName>Team</m:DisplayName>")[0] == 200
    assert [client.send("GetImItemList")[0] for _ in range(4)] == [200, 503, 503, 200]
    [added] = ews_im_realm.faults.rules()
    assert (added.id, added.matched_count, added.triggered_count) == (rule_id, 4, 2)


def test_probability_selects_the_same_requests_on_each_run(ews_im_realm, client):
    def statuses():
        with ews_im_realm.faults.inject(Fault.http(503).with_probability(0.5, seed=7)):
            return [client.send("GetImItemList")[0] for _ in range(20)]

    first = statuses()

    assert set(first) == {200, 503}
    assert statuses() == first


def test_rule_is_deleted_at_the_end_of_the_block(ews_im_realm, client):
    with pytest.raises(RuntimeError, match="failed"):
        with ews_im_realm.faults.inject(Fault.http(503)) as injected:
            assert client.send("GetImItemList")[0] == 503
            assert injected.triggered_count == 1
            raise RuntimeError("failed")

    assert ews_im_realm.faults.rules() == []
    assert injected.triggered_count == 1


def test_rule_can_be_deleted_within_the_block(ews_im_realm):
    with ews_im_realm.faults.inject(Fault.drop()) as injected:
        ews_im_realm.faults.clear()

    with pytest.raises(EwsImServerError, match=f"The fault rule '{injected.id}' does not exist."):
        assert injected.triggered_count
    with pytest.raises(EwsImServerError):
        ews_im_realm.faults.delete(injected.id)


def test_invalid_rule_is_rejected(ews_im_realm):
    with pytest.raises(EwsImServerError, match="99"):
        ews_im_realm.faults.add(Fault.http(99))


def test_rule_is_immutable():
    rule = Fault.drop()

    rule.once().on_operation("AddImGroup")

    assert rule.content == {"kind": "drop"} == FaultRule({"kind": "drop"}).content


def test_clock_is_frozen_advanced_and_reset(ews_im_realm, client):
    noon = datetime(2030, 5, 17, 12, tzinfo=timezone.utc)

    assert ews_im_realm.clock.freeze(noon) == noon
    assert ews_im_realm.clock.advance(timedelta(hours=1)) == noon + timedelta(hours=1)
    assert ews_im_realm.clock.advance(-1.5) == ews_im_realm.clock.now()
    client.add_im_group("Team")
    assert ews_im_realm.journal.entries()[0].time == noon + timedelta(hours=1, seconds=-1.5)
    assert ews_im_realm.clock.freeze() == ews_im_realm.clock.now()
    ews_im_realm.clock.reset()
    assert abs(ews_im_realm.clock.now() - datetime.now(timezone.utc)) < timedelta(minutes=1)


@pytest.mark.parametrize(("text", "microsecond"), [
    ("2030-05-17T12:00:00Z", 0), ("2030-05-17T12:00:00.5Z", 500000),
    ("2030-05-17T14:00:00.1234567+02:00", 123456)])
def test_times_of_the_service_are_read(text, microsecond):
    expected = datetime(2030, 5, 17, 12, microsecond=microsecond, tzinfo=timezone.utc)

    assert parse_time(text) == expected


def test_times_without_a_time_zone_are_rejected(ews_im_realm):
    with pytest.raises(ValueError, match="time zone"):
        ews_im_realm.clock.freeze(datetime(2030, 5, 17))
