"""Mailboxes: seed, read, reset, snapshots."""

import json

import pytest

from ews_im_testing import EwsImServerError, EwsImVerificationError, SeedMailbox

ALICE = "alice@contoso.com"


def test_seeded_mailbox_is_read_with_ids(ews_im_realm):
    alice = ews_im_realm.seed(
        SeedMailbox(ALICE)
        .with_im_contact("bob@contoso.com", "Bob")
        .with_group("Team", "bob@contoso.com", "carol@contoso.com")
        .with_distribution_group("all@contoso.com", "Everybody")
        .with_contact({"contacts:GivenName": "Erin", "contacts:Companies": ["A", "B"]})
        .with_im_list_migration_completed())

    assert [group["displayName"] for group in alice.user_groups] == ["Team", "Everybody"]
    assert {group["type"] for group in alice.groups} > {"OtherContacts", "Tagged"}
    assert alice.get_group("everybody")["smtpAddress"] == "all@contoso.com"
    assert alice.get_group("Team")["id"]
    assert alice.get_im_contact("BOB@contoso.com")["displayName"] == "Bob"
    members = alice.get_members("Team")
    assert [contact["displayName"] for contact in members] == ["Bob", "carol@contoso.com"]
    assert [one["displayName"] for one in alice.get_groups_of("carol@contoso.com")] == ["Team"]
    assert alice.get_groups_of("dave@contoso.com") == []
    assert alice.contacts[0]["properties"]["contacts:Companies"] == ["A", "B"]
    assert alice.content["imListMigrationCompleted"] is True


def test_builders_do_not_change_the_original():
    empty = SeedMailbox(ALICE)
    empty.with_group("Team").with_im_contact("bob@contoso.com")

    assert empty.content == {"smtpAddress": ALICE}


def test_missing_objects_are_reported_with_the_existing_ones(ews_im_realm):
    alice = ews_im_realm.seed(SeedMailbox(ALICE).with_group("Team"))

    with pytest.raises(EwsImVerificationError) as group:
        alice.get_members("Tame")
    with pytest.raises(EwsImVerificationError) as contact:
        alice.get_im_contact("bob@contoso.com")

    assert str(group.value).startswith(f"The mailbox {ALICE} has no group 'Tame'. Its groups are ")
    assert "'Team'" in str(group.value)
    assert str(contact.value) == (
        f"The mailbox {ALICE} has no IM contact 'bob@contoso.com'. It has no IM contacts.")


def test_mailbox_of_a_client_is_found(ews_im_realm, client):
    assert ews_im_realm.find_mailbox(ALICE) is None

    client.add_im_group("Friends")

    assert ews_im_realm.find_mailbox(ALICE.upper()).get_group("Friends")
    assert [box["smtpAddress"] for box in ews_im_realm.mailboxes()] == [ALICE]
    assert ews_im_realm.mailboxes(search="bob") == []


def test_phone_contact_is_a_member(ews_im_realm):
    ews_im_realm.import_seed({"mailboxes": [{
        "smtpAddress": ALICE,
        "imContacts": [{"displayName": "Desk", "telUri": {
            "telUriAddress": "tel:+4912345", "imContactSipUriAddress": "sip:desk@contoso.com",
            "imTelephoneNumber": "12345"}}],
        "groups": [{"displayName": "Team", "members": [{"telUri": "tel:+4912345"}]}]}]})

    alice = ews_im_realm.find_mailbox(ALICE)

    assert [contact["displayName"] for contact in alice.get_members("Team")] == ["Desk"]
    assert alice.get_im_contact("tel:+4912345")["displayName"] == "Desk"


def test_export_restores_identical_mailboxes(ews_im_realm):
    ews_im_realm.seed(SeedMailbox(ALICE).with_group("Team", "bob@contoso.com"))
    exported = ews_im_realm.export_seed()

    ews_im_realm.reset()
    assert ews_im_realm.mailboxes() == []
    ews_im_realm.import_seed(exported)

    assert ews_im_realm.export_seed() == exported


def test_file_replaces_all_mailboxes(ews_im_realm, tmp_path):
    ews_im_realm.seed(SeedMailbox(ALICE))
    file = tmp_path / "seed.json"
    file.write_text(json.dumps({"mailboxes": [{"smtpAddress": "bob@contoso.com"}]}), "utf-8")

    ews_im_realm.import_seed(file, replace_all=True)

    assert [box["smtpAddress"] for box in ews_im_realm.mailboxes()] == ["bob@contoso.com"]


def test_invalid_seed_is_rejected_with_every_problem(ews_im_realm):
    with pytest.raises(EwsImServerError) as error:
        ews_im_realm.import_seed({"mailboxes": [{
            "smtpAddress": "alice", "groups": [{"displayName": "A"}, {"displayName": "a"}]}]})

    assert str(error.value).startswith("The server rejected POST seed: ")
    assert len(str(error.value).splitlines()) == 2
    assert ews_im_realm.mailboxes() == []


def test_reset_of_a_mailbox_keeps_the_others(ews_im_realm):
    ews_im_realm.seed(SeedMailbox(ALICE))
    ews_im_realm.seed(SeedMailbox("bob@contoso.com"))

    ews_im_realm.reset_mailbox(ALICE)

    assert [box["smtpAddress"] for box in ews_im_realm.mailboxes()] == ["bob@contoso.com"]


def test_snapshot_is_restored_and_deleted(ews_im_realm, client):
    ews_im_realm.seed(SeedMailbox(ALICE).with_group("Team"))
    ews_im_realm.take_snapshot("base")
    client.add_im_group("Friends")

    ews_im_realm.restore_snapshot("base")

    alice = ews_im_realm.find_mailbox(ALICE)
    assert [group["displayName"] for group in alice.user_groups] == ["Team"]
    assert [(one["name"], one["mailboxes"]) for one in ews_im_realm.snapshots()] == [("base", 1)]
    ews_im_realm.delete_snapshot("base")
    assert ews_im_realm.snapshots() == []
    with pytest.raises(EwsImServerError, match="'base'"):
        ews_im_realm.restore_snapshot("base")


def test_name_of_a_file_is_not_a_document(ews_im_realm):
    with pytest.raises(TypeError, match="the path as a Path"):
        ews_im_realm.import_seed("seed.json")
