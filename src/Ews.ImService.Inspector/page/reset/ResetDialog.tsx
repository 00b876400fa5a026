import { call, type Contract } from '../control/call';
import { countMailboxes } from '../control/mailboxes';
import { useResource } from '../control/useResource';
import { listFaults } from '../faults/faults';
import { listSnapshots } from '../snapshots/snapshots';
import { showMessage } from '../state/messages';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { count } from '../ui/count';

/** The numbers of objects in the realm. */
type Content = Record<'mailboxes' | 'entries' | 'faults' | 'snapshots', number>;

/** The dialog that resets the realm. It shows what is deleted and what remains. */
export function ResetDialog({ onClose }: { onClose: () => void }) {
    const { value: content, hasFailed } = useResource(readContent, () => false);

    async function reset(): Promise<void> {
        await call('POST', 'reset');
        showMessage('The realm was reset to its initial state.');
    }

    return (
        <ConfirmDialog
            title="Reset the realm"
            action="Reset"
            isDangerous
            isReady={content !== undefined || hasFailed}
            onConfirm={reset}
            onClose={onClose}
        >
            {content && <ResetContent content={content} />}
            {!content && !hasFailed && <p class="quiet">Loading…</p>}
            {!content && hasFailed && (
                <p>
                    The content of the realm could not be read. A reset deletes all mailboxes, journal entries and fault rules, and the
                    setting of the clock. The snapshots remain.
                </p>
            )}
        </ConfirmDialog>
    );
}

function ResetContent({ content }: { content: Content }) {
    return (
        <>
            <p>The realm returns to its initial state. These are deleted:</p>
            <ul>
                <li>{count(content.mailboxes, 'mailbox', 'mailboxes')}; those of the initial seed documents are created again</li>
                <li>{count(content.entries, 'journal entry', 'journal entries')}</li>
                <li>{count(content.faults, 'fault rule')}</li>
                <li>the setting of the clock: it resumes at the current system time</li>
            </ul>
            <p>{content.snapshots === 1 ? '1 snapshot remains.' : `${count(content.snapshots, 'snapshot')} remain.`}</p>
        </>
    );
}

async function readContent(): Promise<Content> {
    const [mailboxes, journal, faults, snapshots] = await Promise.all([
        countMailboxes(),
        call<Contract['JournalCount']>('GET', 'journal/count'),
        listFaults(),
        listSnapshots(),
    ]);
    return { mailboxes, entries: journal.count, faults: faults.length, snapshots: snapshots.length };
}
