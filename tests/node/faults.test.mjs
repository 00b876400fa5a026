import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Fault, startEwsIm } from 'ews-im';
import { addGroup, post } from './client.mjs';

const exchange = await startEwsIm();
after(() => exchange.stop());

const inRealm = (run) => () => exchange.useRealm(run);

/** The faults, and what the client observes. */
const faults = {
    serverBusy: [Fault.serverBusy(5000), /<t:Value Name="BackOffMilliseconds">5000</],
    responseCode: [Fault.responseCode('ErrorImGroupLimitReached', 'too many'), /ResponseClass="Error".*too many.*ErrorImGroupLimitReached/],
    soapFault: [Fault.soapFault('ErrorAccessDenied'), /<s:Fault>.*ErrorAccessDenied/],
    http: [Fault.http(503, 'closed', { 'Retry-After': '7' }), /^closed$/],
    delay: [Fault.delay(300), /NoError/, 300],
    slowBody: [Fault.slowBody(4000), /NoError/, 100],
    malformed: [Fault.malformed(), /<<.*NoError/],
};

for (const [kind, [rule, expected, minMilliseconds = 0]] of Object.entries(faults)) {
    test(
        `The fault ${kind} is applied to the request`,
        inRealm(async (realm) => {
            const id = await realm.faults.add(rule);

            const start = performance.now();
            assert.match((await addGroup(realm, 'Friends')).replaceAll('\n', ''), expected);
            assert.ok(performance.now() - start >= minMilliseconds);

            assert.equal(await realm.faults.getTriggeredCount(id), 1);
            const [entry] = await realm.journal.shouldHaveReceived('AddImGroup', 1);
            assert.deepEqual([entry.fault, entry.faultKind], [id, kind]);
        }),
    );
}

for (const [kind, rule] of Object.entries({ drop: Fault.drop(), dropAfter: Fault.dropAfter() })) {
    test(
        `The fault ${kind} closes the connection`,
        inRealm(async (realm) => {
            await realm.faults.add(rule);
            await assert.rejects(addGroup(realm, 'Friends'), { name: 'TypeError' });
            assert.equal((await realm.journal.waitFor({})).faultKind, kind);
        }),
    );
}

test(
    'The fault truncate ends the response early',
    inRealm(async (realm) => {
        await realm.faults.add(Fault.truncate(10));
        const body = await addGroup(realm, 'Friends').catch(() => ''); // Some versions of Node do not reject it.
        assert.doesNotMatch(body, /Envelope>/);
        assert.equal((await realm.journal.waitFor({})).faultKind, 'truncate');
    }),
);

test(
    'Headers of a fault are sent',
    inRealm(async (realm) => {
        await realm.faults.add(Fault.http(503, '', { 'Retry-After': '7', 'X-Twice': ['a', 'b'] }));
        const { status, headers } = await post(realm, 'GetImItemList');
        assert.deepEqual([status, headers.get('Retry-After'), headers.get('X-Twice')], [503, '7', 'a, b']);
    }),
);

test(
    'Conditions limit a rule',
    inRealm(async (realm) => {
        const rule = Fault.responseCode('ErrorAccessDenied')
            .onOperation('AddImGroup')
            .onMailbox('alice@contoso.com')
            .fromNth(2)
            .once()
            .withDelay(1)
            .withProbability(1, 7);
        const id = await realm.faults.add(rule);

        assert.match(await addGroup(realm, 'other mailbox', 'bob@contoso.com'), /NoError/);
        const responses = [await addGroup(realm, 'one'), await addGroup(realm, 'two'), await addGroup(realm, 'three')];

        assert.deepEqual(
            responses.map((response) => /ErrorAccessDenied/.test(response)),
            [false, true, false],
        );
        const [stored] = await realm.faults.getRules();
        assert.deepEqual([stored.id, stored.matched, stored.triggered, stored.seed], [id, 3, 1, 7]);
        await realm.faults.delete(id);
        assert.deepEqual(await realm.faults.getRules(), []);
        await assert.rejects(realm.faults.getTriggeredCount(id), { message: `The fault rule '${id}' does not exist.` });
    }),
);

test(
    'A request before the end of a back-off is early',
    inRealm(async (realm) => {
        await realm.faults.add(Fault.serverBusy(60_000).once());
        await addGroup(realm, 'Friends');
        await addGroup(realm, 'Friends');
        const [early] = await realm.journal.shouldHaveReceived({ isEarly: true }, 1);
        assert.equal(early.id, 2);
        await realm.faults.clear();
    }),
);

test(
    'An invalid rule is rejected',
    inRealm(async ({ faults }) => {
        await assert.rejects(faults.add(Fault.http(99)), { name: 'EwsImServerError', message: /status.*99/ });
        await assert.rejects(faults.add({ kind: 'flood' }), { name: 'EwsImServerError', message: /kind.*flood/ });
    }),
);
