import { useState } from 'preact/hooks';
import { showMessage } from '../state/messages';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { clearJournal, isPaused, newEntries, pause, shownEntries } from './journal';

/** The actions on the list. */
export function Toolbar() {
    const [isClearing, setIsClearing] = useState(false);
    const { length, older } = shownEntries();

    async function clear(): Promise<void> {
        await clearJournal();
        showMessage('The journal was cleared.');
    }

    return (
        <div class="toolbar" role="group" aria-label="Actions on the list">
            <span class="count">{length + older === 1 ? '1 request' : `${length + older} requests`}</span>
            {isPaused.value && <span class="quiet">{newEntries()} new</span>}
            <button type="button" onClick={() => pause(!isPaused.value)}>
                {isPaused.value ? 'Resume' : 'Pause'}
            </button>
            <button type="button" onClick={() => setIsClearing(true)}>
                Clear journal…
            </button>
            {isClearing && (
                <ConfirmDialog title="Clear the journal" action="Clear" isDangerous onConfirm={clear} onClose={() => setIsClearing(false)}>
                    <p>All requests of the realm are removed from the journal. Mailboxes, fault rules and the clock do not change.</p>
                </ConfirmDialog>
            )}
        </div>
    );
}
