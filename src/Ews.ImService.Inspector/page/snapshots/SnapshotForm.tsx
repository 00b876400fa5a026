import { useState } from 'preact/hooks';
import { attempt, showMessage } from '../state/messages';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { NameField } from '../ui/NameField';
import { takeSnapshot, type Snapshot } from './snapshots';

interface Props {
    existing: Snapshot[];
    onTaken: () => void;
}

/** The form that takes a snapshot. It asks before a snapshot is replaced. */
export function SnapshotForm({ existing, onTaken }: Props) {
    const [name, setName] = useState('');
    const [isConfirming, setIsConfirming] = useState(false);

    async function take(): Promise<void> {
        await takeSnapshot(name);
        showMessage(`The snapshot ${name} was taken.`);
        setName('');
        onTaken();
    }

    function submit(event: Event): void {
        event.preventDefault();
        if (existing.some((snapshot) => snapshot.name === name)) setIsConfirming(true);
        else void attempt(take);
    }

    return (
        <section>
            <h2>New snapshot</h2>
            <p class="quiet">A snapshot contains all mailboxes of the realm. It is kept in memory until the service stops.</p>
            <form class="fields" aria-label="New snapshot" onSubmit={submit}>
                <NameField value={name} onInput={setName} />
                <button class="primary">Take snapshot</button>
            </form>
            {isConfirming && (
                <ConfirmDialog
                    title="Replace the snapshot"
                    action="Replace"
                    isDangerous
                    onConfirm={take}
                    onClose={() => setIsConfirming(false)}
                >
                    <p>The snapshot {name} exists. It is replaced with the current mailboxes.</p>
                </ConfirmDialog>
            )}
        </section>
    );
}
