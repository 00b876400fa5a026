import type { JournalEntry } from '../control/stream';
import { earlyText, isError, operationText, responseText, timeText } from './entryText';

interface Props {
    entry: JournalEntry;
    rowIndex: number;
    top: number;
    /** `true` if the row is the one that Tab reaches. */
    isCurrent: boolean;
    isOpen: boolean;
    onClick: (id: number) => void;
}

/** A row of the list. */
export function RequestRow({ entry, rowIndex, top, isCurrent, isOpen, onClick }: Props) {
    const fault = [entry.fault, earlyText(entry)].filter(Boolean).join(', ');
    return (
        <div
            role="row"
            aria-rowindex={rowIndex}
            aria-selected={isOpen}
            tabIndex={isCurrent ? 0 : -1}
            class={`grid-row request ${entry.state}${isError(entry) ? ' failure' : ''}`}
            style={{ top: `${top}px` }}
            onClick={() => onClick(entry.id)}
        >
            <div role="gridcell" class="cell-id">
                {entry.id}
            </div>
            <div role="gridcell" class="cell-time" title={entry.time}>
                {timeText(entry.time)}
            </div>
            <div role="gridcell" class="cell-operation" title={operationText(entry)}>
                {operationText(entry)}
            </div>
            <div role="gridcell" class="cell-mailbox" title={entry.mailbox ?? undefined}>
                {entry.mailbox}
            </div>
            <div role="gridcell" class="cell-response" title={responseText(entry)}>
                {responseText(entry)}
            </div>
            <div role="gridcell" class="cell-milliseconds">
                {entry.milliseconds}
            </div>
            <div role="gridcell" class="cell-fault" title={fault}>
                {fault}
            </div>
        </div>
    );
}
