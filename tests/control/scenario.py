"""The README's example through the control API, with Python's own library. EWS_ROOT is the root of a service, or of a realm of it."""
import base64
import json
import os
import urllib.error
import urllib.request

ROOT = os.environ["EWS_ROOT"]


def control(method, path, body=None):
    """Sends a request to the control API."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{ROOT}/_control/v1/{path}", data, method=method)
    with urllib.request.urlopen(request) as response:
        return json.loads(response.read() or "null")


def ews(operation, content=""):
    """Sends a request as an EWS client."""
    envelope = f"""<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
        xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
        <s:Header><t:RequestServerVersion Version="Exchange2013"/></s:Header><s:Body><m:{operation}>{content}</m:{operation}></s:Body></s:Envelope>"""
    credentials = base64.b64encode(b"alice@contoso.com:secret").decode()
    headers = {"Content-Type": "text/xml; charset=utf-8", "Authorization": f"Basic {credentials}"}
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{ROOT}/EWS/Exchange.asmx", envelope.encode(), headers)) as response:
            return response.read().decode()
    except urllib.error.HTTPError as fault:
        return fault.read().decode()


team = {"displayName": "Team", "members": ["bob@contoso.com"]}
control("POST", "seed", {"mailboxes": [{"smtpAddress": "alice@contoso.com", "groups": [team]}]})

assert "NoError" in ews("AddImGroup", "<m:DisplayName>Friends</m:DisplayName>")

assert control("GET", "journal/count?operation=AddImGroup") == {"count": 1}
alice = control("GET", "mailboxes/alice@contoso.com")
groups = {group["displayName"]: group for group in alice["groups"]}
assert "Friends" in groups
assert [member["contact"] for member in groups["Team"]["members"]] == ["bob@contoso.com"]

control("POST", "faults", {"kind": "serverBusy", "backOffMilliseconds": 10000, "operation": "AddImGroup", "times": 1})
assert '<t:Value Name="BackOffMilliseconds">10000</t:Value>' in ews("AddImGroup", "<m:DisplayName>Family</m:DisplayName>")
assert "NoError" in ews("AddImGroup", "<m:DisplayName>Family</m:DisplayName>")
early = control("GET", "journal/wait?early=true")["entries"]
assert len(early) == 1 and early[0]["earlyByMilliseconds"] > 0

control("POST", "reset")
assert control("GET", "mailboxes")["mailboxes"] == []
