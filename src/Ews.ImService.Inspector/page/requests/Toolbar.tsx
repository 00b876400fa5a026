import { useState } from 'preact/hooks';
import { showMessage } from '../state/messages';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { clearJournal, filter, isPaused, newEntries, pause, shownEntries } from './journal';
import { countText, missingReason } from './journalText';

/** The actions on the list. */
export function Toolbar() {
    const [isClearing, setIsClearing] = useState(false);
    const entries = shownEntries();

    async function clear(): Promise<void> {
        await clearJournal();
        showMessage('The journal was cleared.');
    }

    return (
        <div class="toolbar" role="group" aria-label="Actions on the list">
            <span class="count" title={entries.firstId > 1 ? missingReason : undefined}>
                {countText(entries, filter.value.size > 0)}
            </span>
            {isPaused.value && <span class="quiet">{newEntries().toLocaleString('en')} new</span>}
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
