"""What exchangelib does when it connects, guessing the server's version as it does, and with contacts."""
import sys

import exchangelib
from exchangelib import DELEGATE, Account, Configuration, Contact, EWSTimeZone
from exchangelib.indexed_properties import EmailAddress
from exchangelib.transport import NOAUTH

config = Configuration(service_endpoint=sys.argv[1] + "EWS/Exchange.asmx", auth_type=NOAUTH, max_connections=1)
account = Account("user@contoso.com", config=config, autodiscover=False, access_type=DELEGATE, default_timezone=EWSTimeZone("Europe/Berlin"))
assert "Exchange2013" in str(account.version), account.version

email = EmailAddress(label="EmailAddress1", email="zoe@contoso.com")
contact = Contact(account=account, folder=account.contacts, display_name="Zoë Smith", given_name="Zoë", surname="Smith", email_addresses=[email])
contact.save()
assert [found.display_name for found in account.contacts.filter(surname="Smith").order_by("given_name")] == ["Zoë Smith"]

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
print("exchangelib", exchangelib.__version__)
