#!/usr/bin/env bash
# EWS_ROOT is the root of a service, or of a realm of it.
set -euo pipefail
control=$EWS_ROOT/_control/v1

# call METHOD PATH [BODY]: calls the control API.
call() { curl -fsS -X "$1" "$control/$2" ${3:+-d "$3"}; }

# ews OPERATION CONTENT: what your own client does.
ews() {
    curl -sS -u alice@contoso.com:secret -H 'Content-Type: text/xml; charset=utf-8' "$EWS_ROOT/EWS/Exchange.asmx" --data-binary "
<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' xmlns:t='http://schemas.microsoft.com/exchange/services/2006/types' xmlns:m='http://schemas.microsoft.com/exchange/services/2006/messages'>
<s:Header><t:RequestServerVersion Version='Exchange2013'/></s:Header><s:Body><m:$1>$2</m:$1></s:Body></s:Envelope>"
}

# holds TEXT WHAT: fails unless the input has a text.
holds() { grep -qF -- "$1" || { echo "There is no '$1' in $2."; exit 1; }; }

call POST seed '{ "mailboxes": [{ "smtpAddress": "alice@contoso.com", "groups": [{ "displayName": "Team", "members": ["bob@contoso.com"] }] }] }'

ews AddImGroup '<m:DisplayName>Friends</m:DisplayName>' | holds NoError "the answer"

call GET 'journal/count?operation=AddImGroup' | holds '"count": 1' "the journal"
alice=$(call GET mailboxes/alice@contoso.com)
holds '"displayName": "Friends"' "the mailbox" <<<"$alice"
holds '"contact": "bob@contoso.com"' "the mailbox" <<<"$alice"

call POST faults '{ "kind": "serverBusy", "backOffMilliseconds": 10000, "operation": "AddImGroup", "times": 1 }' | holds '"id"' "the fault"
ews AddImGroup '<m:DisplayName>Family</m:DisplayName>' | holds '<t:Value Name="BackOffMilliseconds">10000</t:Value>' "the answer"
ews AddImGroup '<m:DisplayName>Family</m:DisplayName>' | holds NoError "the answer"
call GET 'journal/wait?early=true&operation=AddImGroup' | holds '"count": 1' "the journal"

call POST reset
call GET mailboxes | holds '"mailboxes": []' "the list of mailboxes"
