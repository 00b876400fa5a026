import { useState } from 'preact/hooks';
import { affectsMailbox } from '../control/changes';
import { listMailboxes } from '../control/mailboxes';
import { useResource } from '../control/useResource';
import { hashOf, route } from '../state/route';

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
                {found?.map(({ smtpAddress, groups, imContacts, contacts }) => (
                    <li key={smtpAddress}>
                        <a
                            href={hashOf('mailbox', [smtpAddress])}
                            aria-current={view === 'mailbox' && names[0] === smtpAddress ? 'page' : undefined}
                        >
                            {smtpAddress}
                            <small>
                                {count(groups, 'group')}, {count(imContacts, 'IM contact')}, {count(contacts, 'contact')}
                            </small>
                        </a>
                    </li>
                ))}
            </ul>
            {found?.length === 0 && <p class="empty">{search ? 'No mailbox matches.' : 'The realm has no mailboxes.'}</p>}
        </nav>
    );
}

function count(number: number, noun: string): string {
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
