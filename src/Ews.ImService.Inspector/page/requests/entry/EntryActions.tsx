import type { JournalEntry } from '../../control/stream';
import { attempt, showMessage } from '../../state/messages';
import { CopyButton } from '../../ui/CopyButton';
import { replay } from '../journal';

/** The actions on an entry. */
export function EntryActions({ entry, onOpen }: { entry: JournalEntry; onOpen: (id: number) => void }) {
    async function sendAgain(): Promise<void> {
        const { id } = await replay(entry.id);
        showMessage(`Request ${entry.id} was sent again as request ${id}.`);
        onOpen(id);
    }

    return (
        <div class="entry-actions" role="group" aria-label="Actions on the request">
            <button type="button" onClick={() => attempt(sendAgain)}>
                Replay
            </button>
            <CopyButton label="Copy id" text={() => String(entry.id)} />
        </div>
    );
}
