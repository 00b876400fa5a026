import { signal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useResource } from '../../control/useResource';
import { readViolation } from '../../xml/violation';
import { operationText } from '../entryText';
import { readEntry, shownEntries } from '../journal';
import './entry.css';
import { EntryActions } from './EntryActions';
import { EntrySummary } from './EntrySummary';
import { faultRemark } from './faultRemark';
import { MessagePane } from './MessagePane';

interface Props {
    id: number;
    /** The number of times that the user entered an entry, which moves the focus to it; 0 if it was only opened. */
    timesEntered: number;
    onOpen: (id: number) => void;
    onClose: () => void;
}

/** `true` if bodies are shown formatted, which applies to all entries. */
const isFormatted = signal(true);

/** One entry of the journal: the request, the response, and the reason for it. */
export function EntryView({ id, timesEntered, onOpen, onClose }: Props) {
    const region = useRef<HTMLElement>(null);
    const entries = shownEntries();
    const index = entries.indexOf(id);
    const summary = entries.find(id);
    const newer = entries.at(index - 1);
    const older = entries.at(summary ? index + 1 : index);
    // The entry is read again when the list shows that its response is complete.
    const { value, hasFailed } = useResource(
        (signal) => readEntry(id, signal),
        () => false,
        [id, summary?.state],
    );
    const loaded = useRef(value);
    if (value) loaded.current = value;
    const entry = value ?? (loaded.current?.id === id ? loaded.current : null);
    const isGone = value === null;
    const violation = useMemo(() => readViolation(entry?.response?.body ?? ''), [entry]);
    const isMarked = entry?.request?.isRedacted === false;

    useEffect(() => {
        if (timesEntered > 0) region.current!.focus();
    }, [timesEntered]);

    return (
        <section class="entry" aria-label={`Request ${entry?.id ?? id}`} ref={region} tabIndex={-1}>
            <div class="entry-title">
                <h2>
                    <span class="quiet">#{entry?.id ?? id}</span> {entry && operationText(entry)}
                </h2>
                <div class="buttons">
                    <button type="button" aria-disabled={!newer} onClick={() => newer && onOpen(newer.id)}>
                        Newer
                    </button>
                    <button type="button" aria-disabled={!older} onClick={() => older && onOpen(older.id)}>
                        Older
                    </button>
                    <button type="button" onClick={onClose}>
                        Close
                    </button>
                </div>
            </div>
            {!entry && (hasFailed || isGone) && <p class="empty">The request is not available.</p>}
            {entry && isGone && (
                <p class="gone" role="status">
                    No longer in the journal
                </p>
            )}
            {entry && (
                <>
                    <EntrySummary entry={entry} violation={isMarked ? null : violation} />
                    <EntryActions key={entry.id} entry={entry} isGone={isGone} isFormatted={isFormatted} onOpen={onOpen} />
                    <div class="message-panes">
                        <MessagePane
                            title="Request"
                            message={entry.request!}
                            bytes={entry.requestBytes}
                            isFormatted={isFormatted.value}
                            violation={isMarked ? violation : null}
                        />
                        <MessagePane
                            title="Response"
                            message={entry.response!}
                            bytes={entry.responseBytes}
                            isFormatted={isFormatted.value}
                            violation={null}
                            remark={faultRemark(entry.faultKind)}
                        />
                    </div>
                </>
            )}
        </section>
    );
}
