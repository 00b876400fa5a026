import { useState } from 'preact/hooks';
import { affectsMailbox } from '../control/changes';
import { listMailboxes, type MailboxSummary } from '../control/mailboxes';
import { useResource } from '../control/useResource';
import { hashOf, route } from '../state/route';
import { count } from '../ui/count';

/** The maximum number of mailboxes that are listed; the search finds the others. */
const maxListed = 200;

/** The mailboxes of the realm: links to their views, with the numbers of their objects. */
export function MailboxList() {
    const { value: mailboxes } = useResource(listMailboxes, (change) => affectsMailbox(change));
    const [search, setSearch] = useState('');
    const { view, names } = route.value;
    const found = mailboxes?.filter((mailbox) => mailbox.smtpAddress.toLowerCase().includes(search.trim().toLowerCase()));
    return (
        <nav aria-label="Mailboxes">
            <div class="sidebar-title">
                <h2>Mailboxes</h2>
                <span>{mailboxes?.length}</span>
            </div>
            <input
                type="search"
                aria-label="Search mailboxes"
                placeholder="Search mailboxes"
                value={search}
                onInput={(event) => setSearch(event.currentTarget.value)}
            />
            <ul>
                {found?.slice(0, maxListed).map((mailbox) => (
                    <li key={mailbox.smtpAddress}>
                        <a
                            href={hashOf('mailbox', [mailbox.smtpAddress])}
                            aria-current={view === 'mailbox' && names[0] === mailbox.smtpAddress ? 'page' : undefined}
                        >
                            {mailbox.smtpAddress}
                            <small>{contentOf(mailbox)}</small>
                        </a>
                    </li>
                ))}
            </ul>
            {found && found.length > maxListed && <p class="empty">{count(found.length - maxListed, 'more mailbox', 'more mailboxes')}</p>}
            {found?.length === 0 && <p class="empty">{search ? 'No mailbox matches.' : 'The realm has no mailboxes.'}</p>}
        </nav>
    );
}

function contentOf({ groups, imContacts, contacts }: MailboxSummary): string {
    const parts = [count(groups, 'group')];
    if (imContacts > 0) parts.push(count(imContacts, 'IM contact'));
    if (contacts > 0) parts.push(count(contacts, 'contact'));
    return parts.join(', ');
}
