import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { EwsImServerError, EwsImVerificationError, SeedMailbox, attachEwsIm, startEwsIm } from 'ews-im';
import { addGroup } from './client.mjs';

const exchange = await startEwsIm();
after(() => exchange.stop());

const inRealm = (run) => () => exchange.useRealm(run);

test(
    'A mailbox is seeded and read back',
    inRealm(async (realm) => {
        const alice = await realm.seed(
            new SeedMailbox('alice@contoso.com')
                .withImContact('bob@contoso.com', 'Bob')
                .withGroup('Team', 'bob@contoso.com', 'carol@contoso.com')
                .withDistributionGroup('all@contoso.com', 'Everybody')
                .withContact({ 'contacts:GivenName': 'Erin' })
                .withImListMigrationCompleted(),
        );

        assert.deepEqual(
            alice.userGroups.map((group) => group.displayName),
            ['Team', 'Everybody'],
        );
        assert.equal(alice.getImContact('BOB@contoso.com').displayName, 'Bob');
        assert.deepEqual(
            alice.getMembers('team').map((member) => member.imAddress),
            ['bob@contoso.com', 'carol@contoso.com'],
        );
        assert.deepEqual(
            alice.getGroupsOf('carol@contoso.com').map((group) => group.displayName),
            ['Team'],
        );
        assert.equal(alice.contacts[0].properties['contacts:GivenName'], 'Erin');
        assert.equal(alice.imListMigrationCompleted, true);
        assert.deepEqual(
            (await realm.getMailboxes('ALICE')).map((mailbox) => mailbox.imContacts),
            [2],
        );
        assert.deepEqual(await realm.getMailboxes('dave'), []);
        assert.equal(await realm.findMailbox('dave@contoso.com'), undefined);
    }),
);

test('A missing group or contact is reported with the existing names', () => {
    const alice = new SeedMailbox('alice@contoso.com').withGroup('Team').withGroup('Friends');
    assert.throws(
        () => alice.getMembers('Family'),
        (error) => {
            assert.ok(error instanceof EwsImVerificationError);
            assert.equal(error.message, "The mailbox alice@contoso.com has no group 'Family'. Its groups are 'Team', 'Friends'.");
            return true;
        },
    );
    assert.throws(() => alice.getImContact('bob@contoso.com'), {
        message: "The mailbox alice@contoso.com has no IM contact 'bob@contoso.com'. It has no IM contacts.",
    });
});

test(
    'An invalid seed document is rejected with all problems',
    inRealm(async (realm) => {
        await assert.rejects(realm.importSeed({ mailboxes: [{ smtpAddress: 'alice' }, { smtpAddress: 'bob' }] }), (error) => {
            assert.ok(error instanceof EwsImServerError);
            assert.match(error.message, /^The server rejected POST seed: .*alice.*\n.*bob/);
            return true;
        });
    }),
);

test(
    'An exported seed document restores identical mailboxes',
    inRealm(async (realm) => {
        await realm.seed(new SeedMailbox('alice@contoso.com').withGroup('Team', 'bob@contoso.com'));
        const document = await realm.exportSeed();
        await realm.seed(new SeedMailbox('dave@contoso.com'));

        await realm.importSeed(document, { replaceAll: true });

        assert.deepEqual(await realm.exportSeed(), document);
    }),
);

test(
    'Snapshots are taken, listed, restored and deleted',
    inRealm(async (realm) => {
        await realm.seed(new SeedMailbox('alice@contoso.com'));
        await realm.takeSnapshot('base-1');
        await addGroup(realm, 'Friends');

        await realm.restoreSnapshot('base-1');

        assert.deepEqual((await realm.findMailbox('alice@contoso.com')).userGroups, []);
        assert.deepEqual(
            (await realm.getSnapshots()).map(({ name, mailboxes }) => [name, mailboxes]),
            [['base-1', 1]],
        );
        await realm.deleteSnapshot('base-1');
        assert.deepEqual(await realm.getSnapshots(), []);
    }),
);

test(
    'The clock is frozen, moved and reset',
    inRealm(async ({ clock }) => {
        const noon = new Date('2030-05-17T12:00:00Z');
        assert.deepEqual(await clock.freeze(noon), noon);
        assert.deepEqual(await clock.advance(-60_000), new Date('2030-05-17T11:59:00Z'));
        assert.deepEqual(await clock.getNow(), new Date('2030-05-17T11:59:00Z'));
        await clock.reset();
        assert.ok(Math.abs((await clock.getNow()).getTime() - Date.now()) < 60_000);
        const now = await clock.freeze();
        assert.deepEqual(await clock.getNow(), now);
    }),
);

test(
    'A reset deletes what is not in the initial state',
    inRealm(async (realm) => {
        await realm.seed(new SeedMailbox('alice@contoso.com').withGroup('Team'));
        await addGroup(realm, 'Friends');
        await realm.reset();
        assert.deepEqual(await realm.getMailboxes(), []);
        await realm.journal.shouldNotHaveReceived('AddImGroup');
    }),
);

test('Realms are isolated, listed and deleted', async () => {
    const first = exchange.createRealm('Adds "Friends": a test');
    const second = exchange.getRealm('second');
    assert.match(first.name, /^Adds_Friends_a_test-[0-9a-f]{8}$/);
    await addGroup(first, 'Friends');

    await second.journal.shouldNotHaveReceived('AddImGroup');
    await first.journal.shouldHaveReceived('AddImGroup', 1);
    assert.deepEqual(
        (await exchange.getRealms()).map((realm) => realm.name),
        ['', first.name, 'second'],
    );

    await exchange.deleteRealm('second');
    await Promise.all([first.delete(), first.delete()]);
    assert.deepEqual(
        (await exchange.getRealms()).map((realm) => realm.name),
        [''],
    );
    await assert.rejects(first.getMailboxes(), { message: `The realm '${first.name}' was deleted.` });
    assert.deepEqual(await second.getMailboxes(), []); // It is created again.
    assert.throws(() => exchange.getRealm('../x'), /'\.\.\/x' is not a valid realm name/);
    await exchange.deleteRealm('second');
});

test('The realm of a failed test is deleted, and its requests are written to standard error', async (t) => {
    const write = t.mock.method(console, 'error', () => {});
    const failure = exchange.useRealm(async (realm) => {
        await addGroup(realm, 'Friends');
        throw new Error('the failure');
    });

    await assert.rejects(failure, { message: 'the failure' });
    const [report] = write.mock.calls[0].arguments;
    assert.match(
        report,
        /^The requests to http.*\/realms\/test-[0-9a-f]{8}\/EWS\/Exchange.asmx:\n  #1 AddImGroup for alice@contoso.com: NoError\n/,
    );
    assert.match(report, /Request #1:\n {2}<s:Envelope[^]*Friends[^]*Response #1:\n {2}<\?xml/);
    assert.equal((await exchange.getRealms()).length, 1);
});

test('A realm has the name of its test', async (t) => {
    const name = await exchange.useRealm(t.name, (realm) => realm.name);
    assert.match(name, /^A_realm_has_the_name_of_its_test-[0-9a-f]{8}$/);
});

test('The report states that the default mailbox was used, and which bodies were not recorded', async () => {
    await exchange.useRealm(async (realm) => {
        await addGroup(realm, 'Friends', null);
        await (await fetch(`${realm.rootUrl}/EWS/Services.wsdl`)).text();
        const report = await realm.describeJournal();
        assert.match(
            report,
            /\n {2}No request has credentials or ExchangeImpersonation\. They use the default mailbox user@contoso\.com\.\n/,
        );
        assert.match(report, /\nRequest #2:\n {2}\(empty\)\n\nResponse #2:\n {2}\(not recorded\)$/);
    });
});

test('A second connection to the server uses the same realms', async () => {
    const other = attachEwsIm(exchange.url);
    await other.waitUntilReady();
    await other.getRealm('shared').seed(new SeedMailbox('alice@contoso.com'));
    assert.equal((await exchange.getRealm('shared').getMailboxes()).length, 1);
    await other.stop();
    await exchange.resetAllRealms();
    assert.deepEqual(await exchange.getRealm('shared').getMailboxes(), []);
    assert.throws(() => attachEwsIm(exchange.getRealm('shared').url), /is the URL of a realm/);
});

/** Returns the names of the realms. */
const names = async () => (await exchange.getRealms()).map((realm) => realm.name);

test('A call during the deletion of a realm does not create it again', async () => {
    const before = await names();
    for (let i = 0; i < 20; i++) {
        const realm = exchange.createRealm();
        const calls = [realm.getMailboxes(), realm.faults.getRules()].map((call) => call.catch((error) => error));
        if (i % 2 === 0) await exchange.getMailboxes(); // The calls begin to create the realm.
        await realm.delete();
        await Promise.all(calls);
    }
    assert.deepEqual(await names(), before);
});

test('A wait and a watch end when the realm is deleted by others, and do not create it again', async () => {
    const realm = exchange.getRealm('deleted');
    await addGroup(realm, 'Friends');
    const wait = realm.journal.waitFor('RemoveImGroup', 60_000);
    const watch = realm.journal.watch({}, AbortSignal.timeout(60_000));
    assert.equal((await watch.next()).value.operation, 'AddImGroup');
    const next = watch.next();

    await exchange.deleteRealm('deleted');

    await assert.rejects(wait, { name: 'EwsImServerError', message: "The realm 'deleted' was deleted." });
    assert.equal((await next).done, true);
    assert.ok(!(await names()).includes('deleted'));
});

test('The error of a test is not replaced if its realm cannot be deleted', async (t) => {
    const write = t.mock.method(console, 'error', () => {});
    const other = await startEwsIm();
    const failure = other.useRealm(async () => {
        await other.stop();
        throw new Error('the failure');
    });
    await assert.rejects(failure, { message: 'the failure' });
    assert.match(write.mock.calls[0].arguments[0], /^The requests to http\S+ cannot be read\. The server http\S+ was stopped\.$/);

    const attached = attachEwsIm(other.url); // Nothing listens there.
    await assert.rejects(
        attached.useRealm(() => Promise.reject(new Error('the failure'))),
        { message: 'the failure' },
    );
    assert.match(write.mock.calls.at(-1).arguments[0], /^The realm 'test-\w+' was not deleted\. EwsImServerError: No server responds/);
    await assert.rejects(
        attached.useRealm(() => 1),
        { name: 'EwsImServerError', message: /^No server responds/ },
    );
});

test('A realm can be deleted after the server was stopped, and again after a failure', async () => {
    const other = await startEwsIm();
    const realm = other.createRealm();
    const failing = attachEwsIm(other.url).createRealm();
    await other.stop();
    await realm.delete();
    for (let i = 0; i < 2; i++) await assert.rejects(failing.delete(), { message: /^No server responds/ });
});
