import { call, ControlError, pathOf, type Contract } from '../control/call';
import { emptyMailbox, toContent, type MailboxContent } from './model';

/** Reads the content of a mailbox. A mailbox that does not exist is empty: the first change creates it. */
export async function readMailbox(smtpAddress: string): Promise<MailboxContent> {
    try {
        const mailbox = await call<Contract['SeedMailbox']>('GET', pathOf('mailboxes', smtpAddress));
        await nextTask(); // A large mailbox is parsed, converted and shown in tasks of their own.
        const content = toContent(mailbox);
        await nextTask();
        return content;
    } catch (reason) {
        if (reason instanceof ControlError && reason.status === 404) return emptyMailbox;
        throw reason;
    }
}

function nextTask(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve));
}
