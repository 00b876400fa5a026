import { countMailboxes } from '../control/mailboxes';
import { useResource } from '../control/useResource';
import { showMessage } from '../state/messages';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { count } from '../ui/count';
import { restoreSnapshot, type Snapshot } from './snapshots';

/** The dialog that asks before the mailboxes are replaced with those of a snapshot. */
export function RestoreDialog({ snapshot, onClose }: { snapshot: Snapshot; onClose: () => void }) {
    const { value: mailboxes, hasFailed } = useResource(countMailboxes, () => false);

    async function restore(): Promise<void> {
        await restoreSnapshot(snapshot.name);
        showMessage(`The snapshot ${snapshot.name} was restored.`);
    }

    return (
        <ConfirmDialog
            title="Restore the snapshot"
            action="Restore"
            isDangerous
            isReady={mailboxes !== undefined || hasFailed}
            onConfirm={restore}
            onClose={onClose}
        >
            <p>
                {mailboxes !== undefined ? `The ${count(mailboxes, 'mailbox', 'mailboxes')} of the realm` : 'All mailboxes of the realm'}{' '}
                are replaced with the {count(snapshot.mailboxes, 'mailbox', 'mailboxes')} of the snapshot {snapshot.name}.
            </p>
            <p>The journal, the fault rules, the clock and the snapshots do not change.</p>
        </ConfirmDialog>
    );
}
