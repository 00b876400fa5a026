import { useState } from 'preact/hooks';
import { pagePathOf, realmOf } from '../control/realm';
import { deleteRealm, listRealms } from '../control/realms';
import { useResource } from '../control/useResource';
import { showMessage } from '../state/messages';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { NewRealm } from './NewRealm';

/** The realms: links to their pages, and buttons that create and delete realms. */
export function RealmList() {
    const current = realmOf(location.pathname);
    const { value: stored = [], reload } = useResource(listRealms, (change) => change.parts.includes('realms'));
    const [isCreating, setIsCreating] = useState(false);
    const [deleted, setDeleted] = useState<string>();
    const realms = [...new Set(['', current, ...stored])].sort();

    async function remove(name: string): Promise<void> {
        await deleteRealm(name);
        if (name === current) return location.assign(pagePathOf('', location.pathname));
        showMessage(`The realm ${name} was deleted.`);
        reload();
    }

    return (
        <nav aria-label="Realms">
            <div class="sidebar-title">
                <h2>Realms</h2>
                <button type="button" onClick={() => setIsCreating(true)}>
                    New realm…
                </button>
            </div>
            <ul>
                {realms.map((name) => (
                    <li key={name}>
                        <a href={pagePathOf(name, location.pathname) + location.hash} aria-current={name === current ? 'true' : undefined}>
                            {name || 'Default realm'}
                        </a>
                        {name && (
                            <button type="button" class="quiet" aria-label={`Delete realm ${name}…`} onClick={() => setDeleted(name)}>
                                ✕
                            </button>
                        )}
                    </li>
                ))}
            </ul>
            {isCreating && <NewRealm onClose={() => setIsCreating(false)} />}
            {deleted && (
                <ConfirmDialog
                    title={`Delete the realm ${deleted}`}
                    action="Delete"
                    isDangerous
                    onConfirm={() => remove(deleted)}
                    onClose={() => setDeleted(undefined)}
                >
                    <p>Its mailboxes, snapshots, fault rules, journal and clock are deleted.</p>
                </ConfirmDialog>
            )}
        </nav>
    );
}
