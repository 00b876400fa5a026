// Type-checked against the types of the installed package.
import { EwsImServerError, Fault, SeedMailbox, attachEwsIm, startEwsIm, type EwsImServerOptions, type components } from 'ews-im';
import globalSetup = require('ews-im/global-setup');

const options: EwsImServerOptions = { mailboxes: [new SeedMailbox('alice@contoso.com')], settings: { 'Limits:MaxGroups': 8 } };

export async function use(): Promise<components['schemas']['SeedGroup'][]> {
    await using exchange = await startEwsIm(options);
    await using realm = exchange.createRealm();
    const name: string = await exchange.useRealm('name', (one) => one.name);
    await exchange.useRealm((one) => one.seed({ smtpAddress: `${name}@contoso.com` }));
    const entries = await realm.journal.shouldHaveReceived({ operation: 'AddImGroup', isEarly: true }, 1);
    const early: number | null | undefined = entries[0]?.earlyByMilliseconds;
    await realm.faults.add({ kind: 'delay', milliseconds: early ?? 1 });
    await realm.faults.add(Fault.http(302, '', { Location: exchange.url }));
    for await (const { state } of realm.journal.watch()) if (state === 'answered') break;
    return (await realm.seed({ smtpAddress: 'alice@contoso.com' })).userGroups;
}

export const stop: Promise<() => Promise<void>> = globalSetup();
export const error: Error = new EwsImServerError(attachEwsIm().url);

// @ts-expect-error A pattern has no such property.
export const unknown = attachEwsIm().journal.shouldNotHaveReceived({ operations: 'AddImGroup' });
// @ts-expect-error The kind is one of a list.
export const flood = attachEwsIm().faults.add({ kind: 'flood' });
// @ts-expect-error A mailbox has an address.
export const nameless = new SeedMailbox({ groups: [] });
