#!/usr/bin/env python3
"""Creates the database files of one schema version with a build of the service of that version. See README.md.

usage: create.py SCHEMA-VERSION PROGRAM
"""
import gzip
import html
import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

T = "{http://schemas.microsoft.com/exchange/services/2006/types}"
ENVELOPE = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"'
    ' xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"'
    ' xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">'
    '<s:Header><t:RequestServerVersion Version="Exchange2013"/><t:ExchangeImpersonation><t:ConnectingSID>'
    "<t:PrimarySmtpAddress>{mailbox}</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation></s:Header>"
    "<s:Body>{body}</s:Body></s:Envelope>"
)


class Service:
    """The program, on a free port."""

    def __init__(self, program, database):
        # The first version does not know the setting.
        arguments = [program, "--urls", "http://127.0.0.1:0", "--db", database]
        if VERSION > 1:
            arguments += ["--Directory:AnyDistributionGroup", "true"]
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if match := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
                self.port = int(match[1])
                return
        raise SystemExit("The service did not start.")

    def post(self, realm, mailbox, body):
        """Posts a request, and returns the response."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        path = f"/realms/{realm}/EWS/Exchange.asmx" if realm else "/EWS/Exchange.asmx"
        request = ENVELOPE.format(mailbox=mailbox, body=body).encode()
        connection.request("POST", path, request, {"Content-Type": "text/xml; charset=utf-8"})
        response = connection.getresponse().read().decode()
        if "NoError" not in response or 'ResponseClass="Error"' in response:
            self.process.kill()
            raise SystemExit(f"{body}: {response}")
        return ET.fromstring(response)


class Mailbox:
    """A mailbox, and its expected content by the responses of the service."""

    def __init__(self, service, realm, address):
        self.service, self.realm, self.address = service, realm, address
        self.groups, self.contacts, self.items, self.migrated = [], [], [], False

    def post(self, body):
        return self.service.post(self.realm, self.address, body)

    def add_group(self, name):
        self.record_group(self.post(f"<m:AddImGroup><m:DisplayName>{name}</m:DisplayName></m:AddImGroup>"))

    def add_distribution_group(self, address, name):
        self.record_group(self.post(
            f"<m:AddDistributionGroupToImList><m:SmtpAddress>{address}</m:SmtpAddress>"
            f"<m:DisplayName>{name}</m:DisplayName></m:AddDistributionGroupToImList>"))

    def record_group(self, response):
        self.groups.append({
            "name": response.find(f".//{T}DisplayName").text or "",
            "type": response.find(f".//{T}GroupType").text,
            "id": response.find(f".//{T}ExchangeStoreId").get("Id"),
            "members": [],
        })

    def add_contact(self, address, name, group):
        self.record_contact(group, self.post(
            f"<m:AddNewImContactToGroup><m:ImAddress>{address}</m:ImAddress><m:DisplayName>{name}</m:DisplayName>"
            f'<m:GroupId Id="{self.groups[group]["id"]}"/></m:AddNewImContactToGroup>'))

    def add_phone(self, number, group):
        self.record_contact(group, self.post(
            f"<m:AddNewTelUriContactToGroup><m:TelUriAddress>tel:{number}</m:TelUriAddress>"
            f"<m:ImContactSipUriAddress>sip:{number}@contoso.com</m:ImContactSipUriAddress>"
            f"<m:ImTelephoneNumber>{number}</m:ImTelephoneNumber>"
            f'<m:GroupId Id="{self.groups[group]["id"]}"/></m:AddNewTelUriContactToGroup>'))

    def record_contact(self, group, response):
        contact = {
            "persona": response.find(f".//{T}PersonaId").get("Id"),
            "source": response.findall(f".//{T}SourceId")[-1].get("Id"),
            "name": response.find(f".//{T}DisplayName").text or "",
        }
        self.contacts.append(contact)
        self.groups[group]["members"].append(contact["source"])

    def copy_contact(self, contact, group):
        source = self.contacts[contact]["source"]
        self.post(f'<m:AddImContactToGroup><m:ContactId Id="{source}"/>'
                  f'<m:GroupId Id="{self.groups[group]["id"]}"/></m:AddImContactToGroup>')
        self.groups[group]["members"].append(source)

    def rename(self, group, name):
        self.post(f'<m:SetImGroup><m:GroupId Id="{self.groups[group]["id"]}"/>'
                  f"<m:NewDisplayName>{name}</m:NewDisplayName></m:SetImGroup>")
        self.groups[group]["name"] = html.unescape(name)

    def create_item(self, name, address):
        response = self.post(
            f"<m:CreateItem><m:Items><t:Contact><t:DisplayName>{name}</t:DisplayName><t:EmailAddresses>"
            f'<t:Entry Key="EmailAddress1">{address}</t:Entry></t:EmailAddresses><t:JobTitle>Clerk</t:JobTitle>'
            "</t:Contact></m:Items></m:CreateItem>")
        self.items.append({
            "id": response.find(f".//{T}ItemId").get("Id"), "name": html.unescape(name), "email": address, "jobTitle": "Clerk"})

    def complete_migration(self):
        self.post("<m:SetImListMigrationCompleted><m:ImListMigrationCompleted>true</m:ImListMigrationCompleted>"
                  "</m:SetImListMigrationCompleted>")
        self.migrated = True


def fill(mailbox):
    mailbox.add_group("Team")
    mailbox.add_group("Zoë &amp; Łukasz 你好")
    mailbox.add_group("Empty")
    mailbox.add_contact("sip:anna@contoso.com", "Anna Öz", 0)
    mailbox.add_contact("ben@contoso.com", "Ben", 0)
    mailbox.add_contact("cleo@fabrikam.com", "Cleo &lt;3", 1)
    mailbox.copy_contact(0, 1)
    mailbox.rename(0, "Crew")
    if VERSION > 1:
        mailbox.add_phone("5625550100", 1)
        mailbox.add_distribution_group("staff@contoso.com", "Staff")
        mailbox.create_item("Dora White", "dora@contoso.com")
        mailbox.create_item("Eve &amp; Ömer", "eve@contoso.com")
        mailbox.complete_migration()


def save(name, database):
    for suffix in ("", "-wal"):
        if os.path.exists(database + suffix):
            with open(database + suffix, "rb") as file, open(f"{HERE}/{name}{suffix}.gz", "wb") as target:
                target.write(gzip.compress(file.read(), mtime=0))


HERE = os.path.dirname(os.path.abspath(__file__))
VERSION = int(sys.argv[1])
REALMS = ["", "second"] if VERSION > 2 else [""]
with tempfile.TemporaryDirectory() as directory:
    path = os.path.join(directory, "mailboxes.db")
    service = Service(sys.argv[2], path)
    mailboxes = [Mailbox(service, realm, address) for realm in REALMS for address in ("user@contoso.com", "other@contoso.com")]
    for one in mailboxes:
        fill(one)
    service.process.terminate()
    service.process.wait()
    assert os.listdir(directory) == ["mailboxes.db"], os.listdir(directory)
    save(f"schema-{VERSION}.db", path)

    service = Service(sys.argv[2], path)
    for one in mailboxes:
        one.service = service
        one.post("<m:AddImGroup><m:DisplayName>In the write-ahead log</m:DisplayName></m:AddImGroup>")
    service.process.kill()
    service.process.wait()
    save(f"schema-{VERSION}-killed.db", path)

content = [{"realm": one.realm, "address": one.address, "migrated": one.migrated, "groups": one.groups, "contacts": one.contacts,
            "items": one.items} for one in mailboxes]
with open(f"{HERE}/schema-{VERSION}.json", "w", encoding="utf-8") as target:
    json.dump(content, target, ensure_ascii=False, indent=1)
    target.write("\n")
