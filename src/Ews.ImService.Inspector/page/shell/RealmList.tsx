import { useState } from 'preact/hooks';
import { deleteRealm, listRealms, pagePathOf, realmOf } from '../control/realm';
import { useResource } from '../control/useResource';
import { followJournal, stopFollowing } from '../requests/journal';
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
        if (name === current) return leave();
        await deleteRealm(name);
        showMessage(`The realm ${name} was deleted.`);
        reload();
    }

    /** Deletes the realm of this page. A later call of the page would create it again. */
    async function leave(): Promise<void> {
        stopFollowing();
        try {
            await deleteRealm(current);
        } catch (reason) {
            followJournal();
            throw reason;
        }
        location.assign(pagePathOf('', location.pathname));
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
