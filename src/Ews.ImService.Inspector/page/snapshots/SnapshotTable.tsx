import { useId, useState } from 'preact/hooks';
import { showMessage } from '../state/messages';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { formatTime } from '../ui/time';
import { useKeptFocus } from '../ui/useKeptFocus';
import { RestoreDialog } from './RestoreDialog';
import { deleteSnapshot, type Snapshot } from './snapshots';

interface Props {
    snapshots: Snapshot[];
    onChanged: () => void;
}

/** The snapshots, with buttons that restore and delete one. */
export function SnapshotTable({ snapshots, onChanged }: Props) {
    const heading = useId();
    const section = useKeptFocus<HTMLElement>();
    const [restored, setRestored] = useState<Snapshot>();
    const [deleted, setDeleted] = useState<Snapshot>();

    async function remove(name: string): Promise<void> {
        await deleteSnapshot(name);
        showMessage(`The snapshot ${name} was deleted.`);
        onChanged();
    }

    return (
        <section aria-labelledby={heading} ref={section} tabIndex={-1}>
            <h2 id={heading}>Snapshots</h2>
            {snapshots.length === 0 ? (
                <p class="empty">The realm has no snapshots.</p>
            ) : (
                <div class="table-box" tabIndex={0} role="group" aria-labelledby={heading}>
                    <table aria-labelledby={heading}>
                        <thead>
                            <tr>
                                <th scope="col">Name</th>
                                <th scope="col">Taken (UTC)</th>
                                <th scope="col" class="number">
                                    Mailboxes
                                </th>
                                <th scope="col">Actions</th>
                            </tr>
                        </thead>
                        <tbody>
                            {snapshots.map((snapshot) => (
                                <tr key={snapshot.name}>
                                    <th scope="row">{snapshot.name}</th>
                                    <td>{formatTime(snapshot.takenAt)}</td>
                                    <td class="number">{snapshot.mailboxes}</td>
                                    <td class="actions">
                                        <button
                                            type="button"
                                            aria-label={`Restore… ${snapshot.name}`}
                                            onClick={() => setRestored(snapshot)}
                                        >
                                            Restore…
                                        </button>
                                        <button type="button" aria-label={`Delete… ${snapshot.name}`} onClick={() => setDeleted(snapshot)}>
                                            Delete…
                                        </button>
                                    </td>
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </div>
            )}
            {restored && <RestoreDialog snapshot={restored} onClose={() => setRestored(undefined)} />}
            {deleted && (
                <ConfirmDialog
                    title="Delete the snapshot"
                    action="Delete"
                    isDangerous
                    onConfirm={() => remove(deleted.name)}
                    onClose={() => setDeleted(undefined)}
                >
                    <p>The snapshot {deleted.name} is deleted. The mailboxes of the realm do not change.</p>
                </ConfirmDialog>
            )}
        </section>
    );
}
