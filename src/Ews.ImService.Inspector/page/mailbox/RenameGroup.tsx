import { useState } from 'preact/hooks';
import { renameGroup } from '../ews/groups';
import { showMessage } from '../state/messages';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import type { MailboxGroup } from './model';

interface Props {
    mailbox: string;
    group: MailboxGroup;
    onRenamed: () => void;
    onClose: () => void;
}

/** The dialog that renames a group. */
export function RenameGroup({ mailbox, group, onRenamed, onClose }: Props) {
    const [name, setName] = useState(group.name);

    async function rename(): Promise<void> {
        await renameGroup(mailbox, group.id, name);
        showMessage(`The group ${group.name} was renamed.`);
        onRenamed();
    }

    return (
        <ConfirmDialog title={`Rename the group ${group.name}`} action="Rename" onConfirm={rename} onClose={onClose}>
            <label>
                Display name
                <input value={name} autocomplete="off" onInput={(event) => setName(event.currentTarget.value)} />
            </label>
        </ConfirmDialog>
    );
}
