"""Runs the client scenario with the proxy that zeep generates from the service's WSDL."""
import os

import requests
import zeep

session = requests.Session()
if os.environ["EWS_AUTH"] == "basic":
    session.auth = (os.environ["EWS_USER"], os.environ["EWS_PASSWORD"])
client = zeep.Client(os.environ["EWS_URL"] + "EWS/Services.wsdl", transport=zeep.Transport(session=session))
version = {"RequestVersion": {"Version": "Exchange2013"}}


def call(operation, **arguments):
    response = client.service[operation](_soapheaders=version, **arguments)
    response = getattr(response, "body", response)
    messages = getattr(response, "ResponseMessages", None)
    message = messages._value_1[0][operation + "ResponseMessage"] if messages is not None else response
    assert message.ResponseCode == "NoError", (operation, message.ResponseCode, message.MessageText)
    return message


def entries(choices, name):
    """Returns the elements of a list, which zeep represents differently if its schema type is a choice."""
    return [choice[name] for choice in choices._value_1] if hasattr(choices, "_value_1") else list(choices[name])


def groups():
    listed = call("GetImItemList").ImItemList
    members = {group.DisplayName: group.MemberCorrelationKey for group in entries(listed.Groups, "ImGroup")}
    return {name: [item.Id for item in entries(key, "ItemId")] if key else [] for name, key in members.items()}


one = call("AddImGroup", DisplayName="Zeep one").ImGroup.ExchangeStoreId.Id
two = call("AddImGroup", DisplayName="Zeep two").ImGroup.ExchangeStoreId.Id
persona = call("AddNewImContactToGroup", ImAddress="zeep@contoso.com", DisplayName="Zoë & co", GroupId={"Id": one}).Persona
assert persona.DisplayName == "Zoë & co" and persona.EmailAddress.EmailAddress == "zeep@contoso.com", persona
assert persona.EmailAddresses.Address[0].EmailAddress == "zeep@contoso.com", persona.EmailAddresses
contact = persona.Attributions.Attribution[0].SourceId.Id
assert groups()["Zeep one"] == [contact]

call("AddImContactToGroup", ContactId={"Id": contact}, GroupId={"Id": two})
call("RemoveImContactFromGroup", ContactId={"Id": contact}, GroupId={"Id": one})
call("SetImGroup", GroupId={"Id": two}, NewDisplayName="Zeep renamed")
assert groups()["Zeep renamed"] == [contact] and groups()["Zeep one"] == []

created = call("CreateItem", Items={"_value_1": [{"Contact": {"GivenName": "Zoë", "Surname": "Smith"}}]}).Items
found = call(
    "FindItem",
    ItemShape={"BaseShape": "AllProperties"},
    ParentFolderIds={"_value_1": [{"DistinguishedFolderId": {"Id": "contacts"}}]},
    Traversal="Shallow",
)
assert [contact.DisplayName for contact in entries(found.RootFolder.Items, "Contact")] == ["Zoë Smith"], found
call("DeleteItem", ItemIds={"_value_1": [{"ItemId": {"Id": entries(created, "Contact")[0].ItemId.Id}}]}, DeleteType="HardDelete")

call("RemoveImContactFromGroup", ContactId={"Id": contact}, GroupId={"Id": two})
for group in (one, two):
    call("RemoveImGroup", GroupId={"Id": group})
assert not [name for name in groups() if name.startswith("Zeep")]

try:
    client.service.SetImGroup(GroupId={"Id": one}, NewDisplayName="", _soapheaders=version)
    raise AssertionError("An empty name was accepted.")
except zeep.exceptions.Fault as fault:
    assert "schema validation" in fault.message, fault.message
print("zeep", zeep.__version__)
