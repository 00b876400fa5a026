// The README's example through the control API, with Node's fetch. EWS_ROOT is the root of a service, or of a realm of it.
import assert from 'node:assert/strict';

const root = process.env.EWS_ROOT;

/** Sends a request to the control API. */
async function control(method, path, body) {
  const response = await fetch(`${root}/_control/v1/${path}`, { method, body: body && JSON.stringify(body) });
  const text = await response.text();
  assert.ok(response.ok, text);
  return text && JSON.parse(text);
}

/** Sends a request as an EWS client. */
async function ews(operation, content = '') {
  const response = await fetch(`${root}/EWS/Exchange.asmx`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml; charset=utf-8', Authorization: `Basic ${btoa('alice@contoso.com:secret')}` },
    body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
      <s:Header><t:RequestServerVersion Version="Exchange2013"/></s:Header><s:Body><m:${operation}>${content}</m:${operation}></s:Body></s:Envelope>`,
  });
  return response.text();
}

await control('POST', 'seed', { mailboxes: [{ smtpAddress: 'alice@contoso.com', groups: [{ displayName: 'Team', members: ['bob@contoso.com'] }] }] });

assert.match(await ews('AddImGroup', '<m:DisplayName>Friends</m:DisplayName>'), /NoError/);

assert.deepEqual(await control('GET', 'journal/count?operation=AddImGroup'), { count: 1 });
const alice = await control('GET', 'mailboxes/alice@contoso.com');
assert.ok(alice.groups.some(group => group.displayName === 'Friends'));
assert.deepEqual(alice.groups.find(group => group.displayName === 'Team').members.map(member => member.contact), ['bob@contoso.com']);

await control('POST', 'faults', { kind: 'serverBusy', backOffMilliseconds: 10000, operation: 'AddImGroup', times: 1 });
assert.match(await ews('AddImGroup', '<m:DisplayName>Family</m:DisplayName>'), /<t:Value Name="BackOffMilliseconds">10000<\/t:Value>/);
assert.match(await ews('AddImGroup', '<m:DisplayName>Family</m:DisplayName>'), /NoError/);
const { entries: early } = await control('GET', 'journal/wait?early=true');
assert.equal(early.length, 1);
assert.ok(early[0].earlyByMilliseconds > 0);

await control('POST', 'reset');
assert.deepEqual((await control('GET', 'mailboxes')).mailboxes, []);
