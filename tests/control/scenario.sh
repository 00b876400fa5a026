#!/usr/bin/env bash
# The README's example through the control API, with curl. EWS_ROOT is the root of a service, or of a realm of it.
set -euo pipefail
control=$EWS_ROOT/_control/v1

# call METHOD PATH [BODY]: sends a request to the control API.
call() { curl -fsS -X "$1" "$control/$2" ${3:+-d "$3"}; }

# ews OPERATION CONTENT: sends a request as an EWS client.
ews() {
    curl -sS -u alice@contoso.com:secret -H 'Content-Type: text/xml; charset=utf-8' "$EWS_ROOT/EWS/Exchange.asmx" --data-binary "
<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' xmlns:t='http://schemas.microsoft.com/exchange/services/2006/types' xmlns:m='http://schemas.microsoft.com/exchange/services/2006/messages'>
<s:Header><t:RequestServerVersion Version='Exchange2013'/></s:Header><s:Body><m:$1>$2</m:$1></s:Body></s:Envelope>"
}

# contains TEXT SOURCE: fails unless the input contains the text.
contains() { grep -qF -- "$1" || { echo "$2 does not contain '$1'."; exit 1; }; }

call POST seed '{ "mailboxes": [{ "smtpAddress": "alice@contoso.com", "groups": [{ "displayName": "Team", "members": ["bob@contoso.com"] }] }] }'

ews AddImGroup '<m:DisplayName>Friends</m:DisplayName>' | contains NoError "The response"

call GET 'journal/count?operation=AddImGroup' | contains '"count": 1' "The journal"
alice=$(call GET mailboxes/alice@contoso.com)
contains '"displayName": "Friends"' "The mailbox" <<<"$alice"
contains '"contact": "bob@contoso.com"' "The mailbox" <<<"$alice"

call POST faults '{ "kind": "serverBusy", "backOffMilliseconds": 10000, "operation": "AddImGroup", "times": 1 }' | contains '"id"' "The fault rule"
ews AddImGroup '<m:DisplayName>Family</m:DisplayName>' | contains '<t:Value Name="BackOffMilliseconds">10000</t:Value>' "The response"
ews AddImGroup '<m:DisplayName>Family</m:DisplayName>' | contains NoError "The response"
call GET 'journal/wait?early=true&operation=AddImGroup' | contains '"count": 1' "The journal"

call POST reset
call GET mailboxes | contains '"mailboxes": []' "The list of mailboxes"
