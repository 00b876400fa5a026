import { removeGroup } from '../ews/groups';
import { showMessage } from '../state/messages';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { count } from '../ui/count';
import type { MailboxGroup } from './model';

interface Props {
    mailbox: string;
    group: MailboxGroup;
    onRemoved: () => void;
    onClose: () => void;
}

/** The dialog that asks before a group is removed. */
export function RemoveGroup({ mailbox, group, onRemoved, onClose }: Props) {
    async function remove(): Promise<void> {
        await removeGroup(mailbox, group.id, group.type === 'DistributionGroup');
        showMessage(`The group ${group.name} was removed.`);
        onRemoved();
    }

    return (
        <ConfirmDialog title="Remove the group" action="Remove" isDangerous onConfirm={remove} onClose={onClose}>
            <p>
                The group {group.name} is removed, with {count(group.members.length, 'membership')}. The contacts remain.
            </p>
        </ConfirmDialog>
    );
}
