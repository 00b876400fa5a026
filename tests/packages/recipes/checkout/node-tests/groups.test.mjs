import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SeedMailbox, startEwsIm } from 'ews-im';

let exchange;
before(async () => (exchange = await startEwsIm()));
after(() => exchange.stop());

test('a group is added', () =>
    exchange.useRealm(async (realm) => {
        await realm.seed(new SeedMailbox('user@contoso.com').withGroup('Team', 'bob@contoso.com'));

        const body = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
            xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"
            xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
            <s:Header><t:RequestServerVersion Version="Exchange2013"/></s:Header>
            <s:Body><m:AddImGroup><m:DisplayName>Friends</m:DisplayName></m:AddImGroup></s:Body></s:Envelope>`;
        const response = await fetch(realm.url, { method: 'POST', headers: { 'Content-Type': 'text/xml' }, body });

        assert.match(await response.text(), /NoError/);
        await realm.journal.shouldHaveReceived('AddImGroup', 1);
    }));
