import { useState } from 'preact/hooks';
import { pagePathOf } from '../control/realm';
import { createRealm } from '../control/realms';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { NameField } from '../ui/NameField';

/** The dialog that creates a realm and opens its page. */
export function NewRealm({ onClose }: { onClose: () => void }) {
    const [name, setName] = useState('');

    async function create(): Promise<void> {
        await createRealm(name);
        location.assign(pagePathOf(name, location.pathname));
    }

    return (
        <ConfirmDialog title="New realm" action="Create" onConfirm={create} onClose={onClose}>
            <NameField value={name} onInput={setName} />
        </ConfirmDialog>
    );
}
