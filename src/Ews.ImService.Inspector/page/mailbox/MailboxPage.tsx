import { useRef, useState } from 'preact/hooks';
import { affectsMailbox } from '../control/changes';
import { useResource } from '../control/useResource';
import { hashOf, open, route } from '../state/route';
import { closesDetails } from '../state/shortcuts';
import { useKeptFocus } from '../ui/useKeptFocus';
import { ContactDetails } from './ContactDetails';
import { ContactSection } from './ContactSection';
import { GroupCard } from './GroupCard';
import { readMailbox } from './mailbox';
import { MailboxTitle } from './MailboxTitle';
import type { MailboxContact } from './model';

/** The groups, IM contacts and contacts of a mailbox, and one contact. */
export function MailboxPage({ mailbox }: { mailbox: string }) {
    const { value: content, reload } = useResource(
        () => readMailbox(mailbox),
        (change) => affectsMailbox(change, mailbox),
    );
    const page = useKeptFocus<HTMLDivElement>();
    const returnFocus = useRef<Element | null>(null);
    const [timesEntered, setTimesEntered] = useState(0);
    const openKey = route.value.query.get('contact') ?? undefined;
    if (!content) return <p class="empty">Loading…</p>;
    const opened = [...content.imContacts, ...content.contacts].find((contact) => contact.key === openKey);

    function openContact(contact: MailboxContact, isEntering: boolean): void {
        returnFocus.current = document.activeElement;
        setTimesEntered(isEntering ? timesEntered + 1 : 0);
        open(hashOf('mailbox', [mailbox], new URLSearchParams({ contact: contact.key })));
    }

    function close(): void {
        open(hashOf('mailbox', [mailbox]));
        setTimesEntered(0);
        if (returnFocus.current instanceof HTMLElement) returnFocus.current.focus();
    }

    function handleKey(event: KeyboardEvent): void {
        if (opened && closesDetails(event)) close();
    }

    const lists = { openKey, onOpen: openContact };
    return (
        <div ref={page} tabIndex={-1} class={opened ? 'mailbox has-contact' : 'mailbox'} onKeyDown={handleKey}>
            <MailboxTitle mailbox={mailbox} content={content} onChanged={reload} />
            <section class="groups" aria-label="Groups">
                <div class="view-title">
                    <h2>Groups</h2>
                    <span class="quiet">{content.groups.length}</span>
                </div>
                {content.groups.map((group) => (
                    <GroupCard key={group.id} mailbox={mailbox} group={group} groups={content.groups} onChanged={reload} {...lists} />
                ))}
                {content.groups.length === 0 && <p class="empty">The mailbox does not exist yet. The first change creates it.</p>}
            </section>
            <div class="contacts">
                <ContactSection label="IM contacts" contacts={content.imContacts} empty="The IM list has no contacts." {...lists} />
                <ContactSection label="Contacts" contacts={content.contacts} empty="The mailbox has no other contacts." {...lists} />
            </div>
            {opened && (
                <ContactDetails
                    mailbox={mailbox}
                    content={content}
                    contact={opened}
                    timesEntered={timesEntered}
                    onChanged={reload}
                    onClose={close}
                />
            )}
        </div>
    );
}
