import { useState } from 'preact/hooks';
import { addDistributionGroup, addGroup } from '../ews/groups';
import { showMessage } from '../state/messages';
import { ConfirmDialog } from '../ui/ConfirmDialog';

interface Props {
    mailbox: string;
    onAdded: () => void;
    onClose: () => void;
}

/** The dialog that adds a group. */
export function AddGroup({ mailbox, onAdded, onClose }: Props) {
    const [isDistributionGroup, setIsDistributionGroup] = useState(false);
    const [name, setName] = useState('');
    const [smtpAddress, setSmtpAddress] = useState('');

    async function add(): Promise<void> {
        await (isDistributionGroup ? addDistributionGroup(mailbox, smtpAddress, name) : addGroup(mailbox, name));
        showMessage(`The group ${name} was added.`);
        onAdded();
    }

    return (
        <ConfirmDialog title="Add a group" action="Add" onConfirm={add} onClose={onClose}>
            <label>
                Display name
                <input value={name} autocomplete="off" onInput={(event) => setName(event.currentTarget.value)} />
            </label>
            <label>
                Type
                <select
                    value={String(isDistributionGroup)}
                    onChange={(event) => setIsDistributionGroup(event.currentTarget.value === 'true')}
                >
                    <option value="false">User group</option>
                    <option value="true">Distribution group</option>
                </select>
            </label>
            {isDistributionGroup && (
                <label>
                    SMTP address
                    <input value={smtpAddress} autocomplete="off" onInput={(event) => setSmtpAddress(event.currentTarget.value)} />
                </label>
            )}
        </ConfirmDialog>
    );
}
