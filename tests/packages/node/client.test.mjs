// A test of an application that uses node-ews.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Fault, SeedMailbox, startEwsIm } from 'ews-im';
import EWS from 'node-ews';

const version = { 't:RequestServerVersion': { attributes: { Version: 'Exchange2013' } } };
let exchange, temp;

before(async () => {
    exchange = await startEwsIm();
    temp = mkdtempSync(join(tmpdir(), 'node-ews-'));
});

after(async () => {
    await exchange.stop();
    rmSync(temp, { recursive: true });
});

test('a group is added after an error response', () =>
    exchange.useRealm(async (realm) => {
        await realm.seed(new SeedMailbox('alice@contoso.com').withGroup('Team', 'bob@contoso.com'));
        const ews = new EWS({ username: 'alice@contoso.com', password: 'any', auth: 'basic', host: realm.rootUrl, temp });
        await realm.faults.add(Fault.responseCode('ErrorImGroupLimitReached').onOperation('AddImGroup').once());

        const failed = await ews.run('AddImGroup', { DisplayName: 'Friends' }, version);
        const added = await ews.run('AddImGroup', { DisplayName: 'Friends' }, version);

        assert.deepEqual([failed.ResponseCode, added.ResponseCode], ['ErrorImGroupLimitReached', 'NoError']);
        await realm.journal.shouldHaveReceived({ operation: 'AddImGroup', mailbox: 'alice@contoso.com' }, 2);
        const alice = await realm.findMailbox('alice@contoso.com');
        assert.deepEqual(
            alice.userGroups.map((group) => group.displayName),
            ['Team', 'Friends'],
        );
    }));
