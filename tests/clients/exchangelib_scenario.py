"""Connects with exchangelib, which detects the server's version, works with contacts, and observes changes of them and of IM groups."""
import http.server
import os
import queue
import threading
from datetime import timedelta

import exchangelib
from exchangelib import (
    BASIC, DELEGATE, NTLM, Account, Configuration, Contact, Credentials, DistributionList, EWSDateTime, EWSTimeZone, FileAttachment,
    FolderCollection, Mailbox, OofSettings)
from exchangelib.indexed_properties import EmailAddress
from exchangelib.properties import CreatedEvent, Member
from exchangelib.services import SendNotification
from exchangelib.transport import NOAUTH


def add_group(account, name):
    """Adds an IM group with a request of its own, because exchangelib has no operations for IM groups."""
    envelope = """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
        xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"
        xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
      <s:Header><t:RequestServerVersion Version="Exchange2013"/></s:Header>
      <s:Body><m:AddImGroup><m:DisplayName>{}</m:DisplayName></m:AddImGroup></s:Body>
    </s:Envelope>""".format(name)
    session = account.protocol.get_session()
    response = session.post(account.protocol.service_endpoint, data=envelope)
    account.protocol.release_session(session)
    assert response.status_code == 200 and "NoError" in response.text, response.text


class Listener(http.server.BaseHTTPRequestHandler):
    """Receives push notifications."""

    received = queue.Queue()

    def do_POST(self):
        """Accepts a notification."""
        service = SendNotification(protocol=None)
        self.received.put(list(service.parse(self.rfile.read(int(self.headers["Content-Length"])))))
        response = service.ok_payload()
        self.send_response(200)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(response)))
        self.end_headers()
        self.wfile.write(response)

    def log_message(self, *arguments):
        """Writes no log."""


def created_items(notifications):
    return [event.item_id.id for notification in notifications for event in notification.events
            if isinstance(event, CreatedEvent) and event.item_id]


auth = {"none": NOAUTH, "basic": BASIC, "ntlm": NTLM}[os.environ["EWS_AUTH"]]
credentials = Credentials(os.environ["EWS_USER"], os.environ["EWS_PASSWORD"]) if auth != NOAUTH else None
config = Configuration(
    service_endpoint=os.environ["EWS_URL"] + "EWS/Exchange.asmx", auth_type=auth, credentials=credentials, max_connections=1)
account = Account(
    os.environ["EWS_MAILBOX"], config=config, autodiscover=False, access_type=DELEGATE,
    default_timezone=EWSTimeZone("Europe/Berlin"))
assert "Exchange2013" in str(account.version), account.version

email = EmailAddress(label="EmailAddress1", email="zoe@contoso.com")
contact = Contact(
    account=account, folder=account.contacts, display_name="Zoë Smith", given_name="Zoë", surname="Smith", email_addresses=[email])
contact.save()
assert [found.display_name for found in account.contacts.filter(surname="Smith").order_by("given_name")] == ["Zoë Smith"]
people = account.contacts.people()
assert [found.display_name for found in people.filter(given_name__startswith="Z").order_by("-display_name")] == ["Zoë Smith"]
assert not people.exclude(surname="Smith").exists() and people.filter("zoë").count() == 1

contact.surname = "Jones"
contact.save(update_fields=["surname"])
contact.refresh()
assert contact.surname == "Jones" and contact.email_addresses[0].email == "zoe@contoso.com", contact
mailbox, resolved = account.protocol.resolve_names(["zoe"], return_full_contact_data=True)[0]
assert mailbox.email_address == "zoe@contoso.com" and resolved.surname == "Jones", resolved

contact.attach(FileAttachment(name="ContactPicture.jpg", content=b"picture", is_contact_photo=True))
[stored] = account.fetch([contact])
assert stored.has_picture and [attachment.content for attachment in stored.attachments] == [b"picture"], stored
team = DistributionList(account=account, folder=account.contacts, display_name="Team", members=[
    Member(mailbox=Mailbox(name="Ann", email_address="ann@contoso.com", mailbox_type="OneOff"))])
team.save()
assert [mailbox.email_address for mailbox in account.protocol.expand_dl("Team")] == ["ann@contoso.com"]
team.delete()
account.oof_settings = OofSettings(state=OofSettings.ENABLED, external_audience="None", internal_reply="Away", external_reply="-")
assert account.oof_settings.internal_reply == "Away", account.oof_settings
account.oof_settings = OofSettings(state=OofSettings.DISABLED)
start = EWSDateTime(2026, 11, 23, tzinfo=account.default_timezone)
[free] = account.protocol.get_free_busy_info([(account, "Organizer", False)], start, start + timedelta(hours=2))
assert free.merged == "0000" and account.delegates == [], free

names = [folder.name for folder in account.root.walk()]
assert {"Contacts", "Inbox", "Deleted Items"} <= set(names), names
zones = {zone.id: zone for zone in account.protocol.get_timezones(return_full_timezone_data=True)}
standard, daylight, period = zones["W. Europe Standard Time"].get_std_and_dst(for_year=2026)
assert (standard.iso_month, daylight.iso_month) == (10, 3) and period.bias_in_minutes == -60, (standard, daylight, period)

assert {"Contacts", "Inbox"} <= {folder.name for _, folder in account.root.sync_hierarchy()}
assert not list(account.root.sync_hierarchy(sync_state=account.root.folder_sync_state))
listener = http.server.HTTPServer(("127.0.0.1", 0), Listener)
threading.Thread(target=listener.serve_forever, daemon=True).start()
list(account.contacts.sync_items())
folders = FolderCollection(account=account, folders=[account.contacts, account.im_contact_list])
pull, watermark = folders.subscribe_to_pull()
stream = folders.subscribe_to_streaming()
add_group(account, "exchangelib " + os.environ["EWS_AUTH"])
added = Contact(account=account, folder=account.contacts, display_name="Ada", given_name="Ada")
added.save()
pulled = created_items(account.contacts.get_events(pull, watermark))
assert len(pulled) == 2 and pulled[1] == added.id, pulled
streamed = []
for notification in account.contacts.get_streaming_events(stream, connection_timeout=1):
    streamed += created_items([notification])
    if len(streamed) == 2:
        break
assert streamed == pulled, (streamed, pulled)
folders.subscribe_to_push(f"http://127.0.0.1:{listener.server_port}/", watermark=watermark)
pushed = created_items(Listener.received.get(timeout=30))
assert pushed == pulled, (pushed, pulled)
account.contacts.unsubscribe(pull)
account.contacts.unsubscribe(stream)
changes = list(account.contacts.sync_items(sync_state=account.contacts.item_sync_state))
assert [(change, item.given_name) for change, item in changes] == [("create", "Ada")], changes

contact.move_to_trash()
added.delete()
assert account.contacts.all().count() == 0
assert [item.surname for item in account.trash.all()] == ["Jones"]
account.trash.empty()
assert account.trash.all().count() == 0
changes = list(account.contacts.sync_items(sync_state=account.contacts.item_sync_state))
assert [change for change, _ in changes] == ["delete", "delete"], changes
print("exchangelib", exchangelib.__version__)
