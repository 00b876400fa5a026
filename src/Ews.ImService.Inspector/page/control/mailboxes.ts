import { call, type Contract } from './call';

export type MailboxSummary = Contract['MailboxSummary'];

/** Lists the mailboxes of the realm. */
export async function listMailboxes(): Promise<MailboxSummary[]> {
    return (await call<Contract['MailboxList']>('GET', 'mailboxes')).mailboxes;
}

/** Returns the number of mailboxes whose addresses contain a text, and the first of them. */
export function searchMailboxes(search: string, limit: number, signal?: AbortSignal): Promise<Contract['MailboxList']> {
    return call('GET', 'mailboxes', { query: { search, limit }, signal });
}

/** Returns the number of mailboxes of the realm. */
export async function countMailboxes(): Promise<number> {
    return (await searchMailboxes('', 0)).count;
}

/** Exports a mailbox as a seed document. */
export function exportMailbox(smtpAddress: string): Promise<Contract['SeedDocument']> {
    return call('GET', 'seed', { query: { mailbox: smtpAddress } });
}
