import { call, type Contract } from './call';

export type MailboxSummary = Contract['MailboxSummary'];

/** Lists the mailboxes of the realm. */
export async function listMailboxes(): Promise<MailboxSummary[]> {
    return (await call<Contract['MailboxList']>('GET', 'mailboxes')).mailboxes;
}

/** Exports a mailbox as a seed document. */
export function exportMailbox(smtpAddress: string): Promise<Contract['SeedDocument']> {
    return call('GET', 'seed', { query: { mailbox: smtpAddress } });
}
