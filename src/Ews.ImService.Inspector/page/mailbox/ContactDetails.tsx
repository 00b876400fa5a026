import { useEffect, useRef, useState } from 'preact/hooks';
import { affectsMailbox } from '../control/changes';
import { useResource } from '../control/useResource';
import { getContact, getPersona, removeContact } from '../ews/contacts';
import { attempt, showMessage } from '../state/messages';
import { XmlView } from '../xml/XmlView';
import { AddToGroup } from './AddToGroup';
import { IdList } from './IdList';
import { groupsOf, type MailboxContact, type MailboxContent } from './model';
import { Memberships } from './Memberships';

interface Props {
    mailbox: string;
    content: MailboxContent;
    contact: MailboxContact;
    /** The number of times that the user entered the contact, which moves the focus to it; 0 if it was only opened. */
    timesEntered: number;
    onChanged: () => void;
    onClose: () => void;
}

/** A contact: its groups, its ids, and its persona or item as EWS returns it. */
export function ContactDetails({ mailbox, content, contact, timesEntered, onChanged, onClose }: Props) {
    const region = useRef<HTMLElement>(null);
    const [isAdding, setIsAdding] = useState(false);
    const { value: details } = useResource(
        () => (contact.isImContact ? getPersona(mailbox, contact.personaId) : getContact(mailbox, contact.id)),
        (change) => affectsMailbox(change, mailbox),
        [mailbox, contact.key, contact.id],
    );
    const name = contact.name || contact.address;

    useEffect(() => {
        if (timesEntered > 0) region.current!.focus();
    }, [timesEntered, contact.key]);

    const remove = () =>
        attempt(async () => {
            await removeContact(mailbox, contact.id);
            showMessage(`The contact ${name} was removed.`);
            onClose();
            onChanged();
        });

    return (
        <section class="contact-details" role="region" aria-label={`Contact ${name}`} ref={region} tabIndex={-1}>
            <div class="view-title">
                <h2>{name}</h2>
                <button type="button" onClick={onClose}>
                    Close
                </button>
            </div>
            {contact.address && <p class="quiet">{contact.address}</p>}
            <div class="buttons">
                <button type="button" onClick={() => setIsAdding(true)}>
                    Add to group…
                </button>
                {contact.isImContact && (
                    <button type="button" onClick={remove}>
                        Remove
                    </button>
                )}
            </div>
            {contact.isImContact && (
                <Memberships mailbox={mailbox} contact={contact} groups={groupsOf(content, contact)} onChanged={onChanged} />
            )}
            {details && (
                <>
                    <IdList ids={{ 'Contact id': details.ids.id, 'Change key': details.ids.changeKey, 'Persona id': contact.personaId }} />
                    <h3>{contact.isImContact ? 'Persona' : 'Item'}</h3>
                    <XmlView label={contact.isImContact ? 'Persona' : 'Item'} body={details.xml} format violation={null} />
                </>
            )}
            {isAdding && (
                <AddToGroup
                    mailbox={mailbox}
                    contact={contact}
                    groups={content.groups}
                    onAdded={onChanged}
                    onClose={() => setIsAdding(false)}
                />
            )}
        </section>
    );
}
