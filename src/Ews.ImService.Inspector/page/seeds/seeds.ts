import { call, type Contract } from '../control/call';

export type SeedDocument = Contract['SeedDocument'];

/** Exports a mailbox, or all mailboxes of the realm. */
export function exportSeed(mailbox?: string): Promise<SeedDocument> {
    return call('GET', 'seed', { query: { mailbox } });
}

/** Imports a seed document. Its mailboxes replace those with the same addresses, or all mailboxes of the realm. */
export function importSeed(text: string, replacesAll: boolean): Promise<void> {
    return call(replacesAll ? 'PUT' : 'POST', 'seed', { body: text });
}
