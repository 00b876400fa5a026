import { useState } from 'preact/hooks';
import { addNewContact } from '../ews/groups';
import { showMessage } from '../state/messages';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { GroupSelect } from './GroupSelect';
import type { MailboxGroup } from './model';

interface Props {
    mailbox: string;
    groups: MailboxGroup[];
    /** The group that is selected at first; none if it is empty. */
    groupId?: string;
    onAdded: () => void;
    onClose: () => void;
}

/** The dialog that adds an IM contact to the list, and to a group. */
export function AddContact({ mailbox, groups, groupId = '', onAdded, onClose }: Props) {
    const [imAddress, setImAddress] = useState('');
    const [name, setName] = useState('');
    const [selected, setSelected] = useState(groupId);

    async function add(): Promise<void> {
        await addNewContact(mailbox, imAddress, name, selected);
        showMessage(`The contact ${imAddress} was added.`);
        onAdded();
    }

    return (
        <ConfirmDialog title="Add a contact" action="Add" onConfirm={add} onClose={onClose}>
            <label>
                IM address
                <input value={imAddress} autocomplete="off" onInput={(event) => setImAddress(event.currentTarget.value)} />
            </label>
            <label>
                Display name
                <input
                    value={name}
                    autocomplete="off"
                    placeholder="default: the address"
                    onInput={(event) => setName(event.currentTarget.value)}
                />
            </label>
            <GroupSelect groups={groups} value={selected} none="None: the group Other Contacts" onSelect={setSelected} />
        </ConfirmDialog>
    );
}
