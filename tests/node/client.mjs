/** Sends an EWS request to a realm and returns the response. Without an address, the request has no credentials. */
export function post(realm, operation, content = '', smtpAddress = 'alice@contoso.com') {
    const authorization = smtpAddress && { Authorization: `Basic ${btoa(`${smtpAddress}:any`)}` };
    return fetch(realm.url, {
        method: 'POST',
        headers: { 'Content-Type': 'text/xml; charset=utf-8', ...authorization },
        body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
                xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"
                xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
              <s:Header><t:RequestServerVersion Version="Exchange2013"/></s:Header>
              <s:Body><m:${operation}>${content}</m:${operation}></s:Body>
            </s:Envelope>`,
    });
}

/** Adds an IM group to a mailbox and returns the body of the response. */
export async function addGroup(realm, displayName, smtpAddress) {
    const response = await post(realm, 'AddImGroup', `<m:DisplayName>${displayName}</m:DisplayName>`, smtpAddress);
    return response.text();
}
