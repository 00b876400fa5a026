import { VirtualList } from '../ui/VirtualList';
import type { MailboxContact } from './model';

export interface ContactListProps {
    label: string;
    contacts: MailboxContact[];
    openKey: string | undefined;
    onOpen: (contact: MailboxContact, isEntered: boolean) => void;
}

/** Contacts by name and address. */
export function ContactList({ label, contacts, openKey, onOpen }: ContactListProps) {
    return (
        <VirtualList
            label={label}
            items={contacts}
            keyOf={(contact) => contact.key}
            selectedKey={openKey}
            onOpen={onOpen}
            renderItem={({ name, address, folder }) => {
                const details = [address, folder].filter(Boolean).join(' · ');
                return (
                    <>
                        <span class="contact-name">{name || address}</span>
                        {details && <span class="quiet contact-address">{details}</span>}
                    </>
                );
            }}
        />
    );
}
