import { pagePathOf, realmOf } from '../control/realm';
import { createRealm, listRealms } from '../control/realms';
import { useResource } from '../control/useResource';
import { ActionButton } from '../ui/ActionButton';

/** The page of a realm that does not exist: it can be created, and there are links to the others. */
export function MissingRealm() {
    const { value: realms = [] } = useResource(listRealms, () => false);
    const name = realmOf(location.pathname);

    async function create(): Promise<void> {
        await createRealm(name);
        location.reload();
    }

    return (
        <main class="missing-realm" aria-label="Missing realm">
            <h1>The realm {name} does not exist</h1>
            <p>It was deleted, or it has not been created yet. A request of an EWS client creates it, too.</p>
            <ActionButton label="Create the realm" onAction={create} />
            <nav aria-label="Realms">
                <h2>Other realms</h2>
                <ul>
                    {[...new Set(['', ...realms])].sort().map((other) => (
                        <li key={other}>
                            <a href={pagePathOf(other, location.pathname)}>{other || 'Default realm'}</a>
                        </li>
                    ))}
                </ul>
            </nav>
        </main>
    );
}
