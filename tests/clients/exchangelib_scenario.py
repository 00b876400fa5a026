"""Connects with exchangelib, which detects the server's version, and works with contacts."""
import os

import exchangelib
from exchangelib import BASIC, DELEGATE, NTLM, Account, Configuration, Contact, Credentials, EWSTimeZone
from exchangelib.indexed_properties import EmailAddress
from exchangelib.transport import NOAUTH

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

names = [folder.name for folder in account.root.walk()]
assert "Contacts" in names and len(names) == 4, names
zones = {zone.id: zone for zone in account.protocol.get_timezones(return_full_timezone_data=True)}
standard, daylight, period = zones["W. Europe Standard Time"].get_std_and_dst(for_year=2026)
assert (standard.iso_month, daylight.iso_month) == (10, 3) and period.bias_in_minutes == -60, (standard, daylight, period)
contact.delete()
assert account.contacts.all().count() == 0

envelope = """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
    xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"
    xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
  <s:Header><t:RequestServerVersion Version="Exchange2013"/></s:Header>
  <s:Body><m:AddImGroup><m:DisplayName>{}</m:DisplayName></m:AddImGroup></s:Body>
</s:Envelope>""".format("exchangelib " + os.environ["EWS_AUTH"])
session = account.protocol.get_session()
raw = session.post(account.protocol.service_endpoint, data=envelope)
account.protocol.release_session(session)
assert raw.status_code == 200 and "NoError" in raw.text, raw.text
print("exchangelib", exchangelib.__version__)
