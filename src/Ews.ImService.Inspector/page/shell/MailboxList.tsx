import { useState } from 'preact/hooks';
import { affectsSearch } from '../control/changes';
import { searchMailboxes, type MailboxSummary } from '../control/mailboxes';
import { useResource } from '../control/useResource';
import { hashOf, route } from '../state/route';
import { count } from '../ui/count';
import { useArrowKeys } from '../ui/useArrowKeys';
import { useDelay } from '../ui/useDelay';

/** The maximum number of mailboxes that are listed; the search finds the others. */
const maxListed = 200;

/** The minimum time between two calls for changes of the realm. */
const pauseMilliseconds = 1000;

/** The time after which the service searches when the user stops typing. */
const searchDelayMilliseconds = 250;

/** The mailboxes of the realm: links to their views, with the numbers of their objects. */
export function MailboxList() {
    const [search, setSearch] = useState('');
    const [wanted, setWanted] = useState('');
    const searching = useDelay(searchDelayMilliseconds);
    const { value: found } = useResource(
        (signal) => searchMailboxes(wanted, maxListed, signal),
        (change) => affectsSearch(change, wanted),
        [wanted],
        pauseMilliseconds,
    );
    const further = found ? found.count - found.mailboxes.length : 0;
    const { view, names } = route.value;
    const current = view === 'mailbox' ? names[0] : undefined;
    const { linkProps, onKeyDown } = useArrowKeys(found?.mailboxes.map((mailbox) => mailbox.smtpAddress) ?? [], current);

    function input(text: string): void {
        setSearch(text);
        searching.run(() => setWanted(text.trim()));
    }

    return (
        <nav aria-label="Mailboxes">
            <div class="sidebar-title">
                <h2>Mailboxes</h2>
                <span>{found?.count.toLocaleString('en')}</span>
            </div>
            <input
                type="search"
                aria-label="Search mailboxes"
                placeholder="Search mailboxes"
                value={search}
                onInput={(event) => input(event.currentTarget.value)}
            />
            <ul onKeyDown={onKeyDown}>
                {found?.mailboxes.map((mailbox) => (
                    <li key={mailbox.smtpAddress}>
                        <a
                            href={hashOf('mailbox', [mailbox.smtpAddress])}
                            aria-current={current === mailbox.smtpAddress ? 'page' : undefined}
                            {...linkProps(mailbox.smtpAddress)}
                        >
                            {mailbox.smtpAddress}
                            <small>{contentOf(mailbox)}</small>
                        </a>
                    </li>
                ))}
            </ul>
            {further > 0 && <p class="empty">{count(further, 'more mailbox', 'more mailboxes')}</p>}
            {found?.count === 0 && <p class="empty">{wanted ? 'No mailbox matches.' : 'The realm has no mailboxes.'}</p>}
        </nav>
    );
}

function contentOf({ groups, imContacts, contacts }: MailboxSummary): string {
    const parts = [count(groups, 'group')];
    if (imContacts > 0) parts.push(count(imContacts, 'IM contact'));
    if (contacts > 0) parts.push(count(contacts, 'contact'));
    return parts.join(', ');
}
