import { removeContactFromGroup } from '../ews/groups';
import { attempt, showMessage } from '../state/messages';
import type { MailboxContact, MailboxGroup } from './model';

interface Props {
    mailbox: string;
    contact: MailboxContact;
    groups: MailboxGroup[];
    onChanged: () => void;
}

/** The groups of which a contact is a member. */
export function Memberships({ mailbox, contact, groups, onChanged }: Props) {
    const remove = (group: MailboxGroup) =>
        attempt(async () => {
            await removeContactFromGroup(mailbox, contact.id, group.id);
            showMessage(`The contact was removed from the group ${group.name}.`);
            onChanged();
        });

    if (groups.length === 0) return <p class="quiet">The contact is a member of no group.</p>;
    return (
        <ul class="memberships" aria-label="Groups of the contact">
            {groups.map((group) => (
                <li key={group.id}>
                    <span>{group.name}</span>
                    <button type="button" aria-label={`Remove from ${group.name}`} onClick={() => remove(group)}>
                        Remove
                    </button>
                </li>
            ))}
        </ul>
    );
}
