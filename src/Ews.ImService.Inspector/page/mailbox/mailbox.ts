import { call, ControlError, pathOf, type Contract } from '../control/call';
import { emptyMailbox, toContent, type MailboxContent } from './model';

/** Reads the content of a mailbox. A mailbox that does not exist is empty: the first change creates it. */
export async function readMailbox(smtpAddress: string): Promise<MailboxContent> {
    try {
        return toContent(await call<Contract['SeedMailbox']>('GET', pathOf('mailboxes', smtpAddress)));
    } catch (reason) {
        if (reason instanceof ControlError && reason.status === 404) return emptyMailbox;
        throw reason;
    }
}
