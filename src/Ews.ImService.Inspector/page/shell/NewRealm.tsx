import { useState } from 'preact/hooks';
import { pagePathOf } from '../control/realm';
import { createRealm } from '../control/realms';
import { ConfirmDialog } from '../ui/ConfirmDialog';

/** The dialog that creates a realm and opens its page. */
export function NewRealm({ onClose }: { onClose: () => void }) {
    const [name, setName] = useState('');

    async function create(): Promise<void> {
        await createRealm(name);
        location.assign(pagePathOf(name, location.pathname));
    }

    return (
        <ConfirmDialog title="New realm" action="Create" onConfirm={create} onClose={onClose}>
            <label>
                Name
                <input
                    required
                    maxLength={64}
                    pattern="[A-Za-z0-9][A-Za-z0-9._\-]*"
                    title="Letters, digits, dots, hyphens and underscores; the first character is a letter or a digit."
                    value={name}
                    onInput={(event) => setName(event.currentTarget.value)}
                />
            </label>
        </ConfirmDialog>
    );
}
