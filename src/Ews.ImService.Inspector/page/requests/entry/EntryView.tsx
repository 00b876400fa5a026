import { useEffect, useRef } from 'preact/hooks';
import { useResource } from '../../control/useResource';
import { operationText } from '../entryText';
import { readEntry, shownEntries } from '../journal';
import './entry.css';
import { EntryActions } from './EntryActions';
import { EntrySummary } from './EntrySummary';
import { MessagePane } from './MessagePane';

interface Props {
    id: number;
    /** `true` if the focus moves to the entry. */
    isEntered: boolean;
    onOpen: (id: number) => void;
    onClose: () => void;
}

/** One entry of the journal: what was sent, what was returned, and why. */
export function EntryView({ id, isEntered, onOpen, onClose }: Props) {
    const region = useRef<HTMLElement>(null);
    const entries = shownEntries();
    const index = entries.indexOf(id);
    const summary = entries.find(id);
    const newer = entries.at(index - 1);
    const older = entries.at(summary ? index + 1 : index);
    // The response is read when the list shows that it is complete.
    const { value: entry } = useResource(
        () => readEntry(id),
        () => false,
        [id, summary?.state],
    );

    useEffect(() => {
        if (isEntered) region.current!.focus();
    }, [isEntered]);

    return (
        <section class="entry" role="region" aria-label={`Request ${id}`} ref={region} tabIndex={-1}>
            <div class="entry-title">
                <h2>
                    <span class="id">#{id}</span> {entry && operationText(entry)}
                </h2>
                <div class="buttons">
                    <button type="button" disabled={!newer} onClick={() => newer && onOpen(newer.id)}>
                        Newer
                    </button>
                    <button type="button" disabled={!older} onClick={() => older && onOpen(older.id)}>
                        Older
                    </button>
                    <button type="button" onClick={onClose}>
                        Close
                    </button>
                </div>
            </div>
            {entry && (
                <>
                    <EntrySummary entry={entry} />
                    <EntryActions entry={entry} onOpen={onOpen} />
                    <div class="message-panes">
                        <MessagePane title="Request" message={entry.request!} bytes={entry.requestBytes} />
                        <MessagePane title="Response" message={entry.response!} bytes={entry.responseBytes} />
                    </div>
                </>
            )}
        </section>
    );
}
