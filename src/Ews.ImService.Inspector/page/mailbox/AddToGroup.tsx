import { useState } from 'preact/hooks';
import { addContactToGroup } from '../ews/groups';
import { showMessage } from '../state/messages';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { GroupSelect } from './GroupSelect';
import type { MailboxContact, MailboxGroup } from './model';

interface Props {
    mailbox: string;
    contact: MailboxContact;
    groups: MailboxGroup[];
    onAdded: () => void;
    onClose: () => void;
}

/** The dialog that adds a contact to a group. */
export function AddToGroup({ mailbox, contact, groups, onAdded, onClose }: Props) {
    const [groupId, setGroupId] = useState(groups[0]?.id ?? '');

    async function add(): Promise<void> {
        await addContactToGroup(mailbox, contact.id, groupId);
        showMessage(`${contact.name || contact.address} was added to the group.`);
        onAdded();
    }

    return (
        <ConfirmDialog title={`Add ${contact.name || contact.address} to a group`} action="Add" onConfirm={add} onClose={onClose}>
            <GroupSelect groups={groups} value={groupId} onSelect={setGroupId} />
        </ConfirmDialog>
    );
}
