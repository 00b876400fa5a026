import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { EwsImServerError, EwsImVerificationError, Fault, SeedMailbox, startEwsIm } from 'ews-im';
import { addGroup, post } from './client.mjs';

const exchange = await startEwsIm();
after(() => exchange.stop());

const inRealm = (run) => () => exchange.useRealm(run);

test(
    'Matching requests are returned with headers and bodies',
    inRealm(async (realm) => {
        await addGroup(realm, 'Friends');

        const [entry] = await realm.journal.shouldHaveReceived({
            operation: 'AddImGroup',
            mailbox: 'ALICE@contoso.com',
            contains: '<m:displayname>friends',
            responseCode: 'NoError',
            status: 200,
            isEarly: false,
            afterId: 0,
            where: ({ requestHeaders }) => requestHeaders['content-type'].startsWith('text/xml'),
        });

        assert.equal(`${entry}`, '#1 AddImGroup for alice@contoso.com: NoError');
        assert.match(entry.responseBody, /IPM\.DistList\.MOC\.UserGroup/);
        assert.match(entry.responseHeaders['content-type'], /^text\/xml/);
        assert.match(entry.requestHeaders['authorization'], /^Basic /);
        assert.doesNotMatch(entry.requestHeaders['authorization'], /[A-Za-z0-9+/]{20}/);
        assert.ok(entry.milliseconds >= 0);
    }),
);

test(
    'The message of a failed verification shows the closest requests',
    inRealm(async (realm) => {
        await addGroup(realm, 'Friends', 'bob@contoso.com');
        await addGroup(realm, 'Friends');
        const pattern = { operation: 'AddImGroup', mailbox: 'alice@contoso.com', contains: 'Team', status: 500 };

        await assert.rejects(realm.journal.shouldHaveReceived(pattern), {
            name: 'EwsImVerificationError',
            message: [
                'Expected at least 1 request for the operation AddImGroup to the mailbox alice@contoso.com with the text ' +
                    "'Team' in the body with the HTTP status 500, but none of the 2 requests in the journal matches.",
                'The closest requests are:',
                "  #2 AddImGroup for alice@contoso.com: NoError. The body does not contain 'Team'. The HTTP status is 200 instead of 500.",
                '  #1 AddImGroup for bob@contoso.com: NoError. The mailbox is bob@contoso.com instead of alice@contoso.com. ' +
                    "The body does not contain 'Team'. The HTTP status is 200 instead of 500.",
            ].join('\n'),
        });
        await assert.rejects(realm.journal.shouldNotHaveReceived('AddImGroup'), {
            message: [
                'Expected no request for the operation AddImGroup, but 2 of the 2 requests in the journal match:',
                '  #1 AddImGroup for bob@contoso.com: NoError',
                '  #2 AddImGroup for alice@contoso.com: NoError',
            ].join('\n'),
        });
        await post(realm, 'GetImItemList');
        await assert.rejects(realm.journal.shouldHaveReceived('AddImGroup', 1), {
            message: [
                'Expected exactly 1 request for the operation AddImGroup, but 2 of the 3 requests in the journal match:',
                '  #1 AddImGroup for bob@contoso.com: NoError',
                '  #2 AddImGroup for alice@contoso.com: NoError',
            ].join('\n'),
        });
        await assert.rejects(realm.journal.shouldHaveReceived({ afterId: 2, isEarly: true }, 3), {
            message: /^Expected exactly 3 requests before the end of a back-off after request #2, but none/,
        });
        await assert.rejects(
            realm.journal.shouldHaveReceived((entry) => entry.id > 9, 1),
            {
                message: /^Expected exactly 1 request with the condition \(entry\) => entry\.id > 9, but none/,
            },
        );
    }),
);

test(
    'An unknown operation is rejected',
    inRealm(async ({ journal }) => {
        await assert.rejects(journal.shouldNotHaveReceived('AddImGruop'), (error) => {
            assert.ok(error instanceof EwsImServerError);
            assert.match(error.message, /must be an EWS operation such as AddImGroup, but is 'AddImGruop'/);
            return true;
        });
    }),
);

test(
    'Waiting returns a request that arrives later and has a complete response',
    inRealm(async (realm) => {
        await realm.faults.add(Fault.delay(300).onOperation('AddImGroup'));
        const arrival = realm.journal.waitForArrival('AddImGroup', 30_000);
        const completion = realm.journal.waitFor((entry) => entry.operation === 'AddImGroup', 30_000);

        const response = addGroup(realm, 'Friends');

        assert.equal((await arrival).state, 'arrived');
        assert.equal((await completion).responseCode, 'NoError');
        assert.match(await response, /NoError/);
    }),
);

test(
    'Waiting fails when the timeout expires',
    inRealm(async (realm) => {
        await assert.rejects(realm.journal.waitFor('AddImGroup', 50), (error) => {
            assert.ok(error instanceof EwsImVerificationError);
            const expected =
                'The timeout of 50 ms expired. Expected at least 1 request for the operation AddImGroup, but the journal is empty.';
            assert.equal(error.message, expected);
            return true;
        });
    }),
);

test(
    'Watching returns the requests in the journal and further ones, each once',
    inRealm(async (realm) => {
        await addGroup(realm, 'one');
        const ids = [];
        for await (const entry of realm.journal.watch('AddImGroup', AbortSignal.timeout(60_000))) {
            ids.push(entry.id);
            if (ids.length === 3) break;
            await addGroup(realm, `after ${entry.id}`);
        }
        assert.deepEqual(ids, [1, 2, 3]);
    }),
);

test(
    'Watching continues after a reset, which starts the ids again',
    inRealm(async (realm) => {
        const watch = realm.journal.watch((entry) => entry.requestBody.includes('group'), AbortSignal.timeout(60_000));
        for (const displayName of ['group 1', 'group 2']) {
            await addGroup(realm, displayName);
            const { value } = await watch.next();
            assert.equal(value.id, 1);
            assert.match(value.requestBody, new RegExp(displayName));
            await realm.reset();
        }
        await watch.return();
        const unknown = realm.journal.watch('AddImGruop').next();
        await assert.rejects(unknown, { name: 'EwsImServerError', message: /AddImGruop/ });
    }),
);

test('Watching ends when the realm is deleted or the server is stopped', async () => {
    const other = await startEwsIm();
    const realm = other.createRealm();
    await addGroup(realm, 'Friends');
    const watches = [realm, other].map(({ journal }) => journal.watch({}, AbortSignal.timeout(60_000)));
    const first = await watches[0].next();
    const ends = watches.map((watch) => watch.next());

    await realm.delete();
    await other.stop();

    assert.equal(first.value.operation, 'AddImGroup');
    assert.deepEqual(await Promise.all(ends), [
        { done: true, value: undefined },
        { done: true, value: undefined },
    ]);
});

test(
    'A signal ends the iteration',
    inRealm(async (realm) => {
        const controller = new AbortController();
        const watch = realm.journal.watch({}, controller.signal);
        await addGroup(realm, 'Friends');
        assert.equal((await watch.next()).value.id, 1);
        const watched = watch.next();
        controller.abort();
        await assert.rejects(watched, { name: 'AbortError' });
    }),
);

test(
    'A replayed request is a new entry',
    inRealm(async (realm) => {
        await realm.seed(new SeedMailbox('alice@contoso.com'));
        await addGroup(realm, 'Friends');

        const replay = await realm.journal.replay(1);

        assert.equal(replay.replayOf, 1);
        assert.equal(replay.responseCode, 'ErrorImGroupDisplayNameAlreadyExists');
        await realm.journal.clear();
        assert.deepEqual(await realm.journal.getEntries(), []);
    }),
);

test(
    'Invalid patterns are rejected',
    inRealm(async ({ journal }) => {
        const patterns = [
            [{ operaton: 'AddImGroup' }, /^A pattern has no property 'operaton'\. Its properties are operation, mailbox, /],
            [undefined, /not by 'undefined'/],
            [null, /not by 'null'/],
            [['AddImGroup'], /not by 'AddImGroup'/],
            [{ where: 'AddImGroup' }, /^The property 'where' of a pattern must be a function, but is 'AddImGroup'/],
        ];
        for (const [pattern, message] of patterns)
            await assert.rejects(journal.shouldNotHaveReceived(pattern), { name: 'TypeError', message });
    }),
);

test(
    'A condition that returns a promise is rejected',
    inRealm(async (realm) => {
        await addGroup(realm, 'Friends');
        const verification = realm.journal.shouldHaveReceived(async () => false);
        await assert.rejects(verification, { name: 'TypeError', message: /^The condition returns a promise\./ });
    }),
);

test(
    'A message shows a condition with several lines by its name or its first line',
    inRealm(async (realm) => {
        function isLate({ id }) {
            return id > 9;
        }
        await assert.rejects(realm.journal.shouldHaveReceived(isLate), { message: /with the condition isLate, but/ });
        const pattern = {
            where: ({ id }) => {
                return id > 9;
            },
        };
        await assert.rejects(realm.journal.shouldHaveReceived(pattern), { message: /with the condition \(\{ id \}\) => \{ …, but/ });
    }),
);

test('A verification fails if the journal has evicted requests that may match', async (t) => {
    const other = await startEwsIm({ settings: { 'Control:JournalEntries': 2 } });
    t.after(() => other.stop());
    const { journal } = other;
    for (const operation of ['AddImGroup', 'GetImItemList', 'GetImItemList', 'GetImItemList']) await post(other, operation);

    const evicted =
        'The requests up to #2 were evicted and may match. Set Control:JournalEntries and Control:JournalBytes to greater values.';
    await assert.rejects(journal.shouldNotHaveReceived('AddImGroup'), {
        message: `Expected no request for the operation AddImGroup, but the journal is incomplete. ${evicted}`,
    });
    await assert.rejects(journal.shouldHaveReceived('GetImItemList', 2), {
        message: `Expected exactly 2 requests for the operation GetImItemList, but the journal is incomplete. ${evicted}`,
    });
    const notFound = { name: 'EwsImVerificationError', message: new RegExp(`none of the 2 requests[^]*\\n${evicted}$`) };
    await assert.rejects(journal.shouldHaveReceived('AddImGroup'), notFound);
    await assert.rejects(journal.waitFor('AddImGroup', 1), notFound);

    assert.equal((await journal.shouldHaveReceived('GetImItemList')).length, 2);
    assert.equal((await journal.shouldHaveReceived({ afterId: 2 }, 2)).length, 2);
    await journal.shouldNotHaveReceived({ operation: 'AddImGroup', afterId: 2 });
    await journal.clear();
    await journal.shouldNotHaveReceived('AddImGroup');
});
