import { route } from '../state/route';
import './mailbox.css';
import { MailboxPage } from './MailboxPage';
import { MailboxStart } from './MailboxStart';

/** One mailbox, or the start of this view if the location names none. */
export function MailboxView() {
    const mailbox = route.value.names[0];
    return mailbox ? <MailboxPage key={mailbox} mailbox={mailbox} /> : <MailboxStart />;
}
