import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ewsUrl } from '../control/realm';
import { useDelay } from '../ui/useDelay';
import { useMediaQuery } from '../ui/useMediaQuery';
import { filter, isLoading, shownEntries } from './journal';
import { missingText } from './journalText';
import { OlderRequests } from './OlderRequests';
import { RequestRow } from './RequestRow';
import { useRowWindow } from './useRowWindow';

interface Props {
    box: RefObject<HTMLDivElement | null>;
    openId: number | undefined;
    /** Opens an entry; `isEntered` is `true` if the focus moves to it. */
    onOpen: (id: number, isEntered: boolean) => void;
}

const columns = ['#', 'Time (UTC)', 'Operation', 'Mailbox', 'Response', 'ms', 'Fault'];

/** The time after which the entry of another row is opened, so that rows are passed without it while a key is held. */
const openDelayMilliseconds = 100;

/** Moves the focus to the current row of the list. */
export function focusCurrentRow(box: HTMLElement): void {
    box.querySelector<HTMLElement>('[role=row][tabindex="0"]')?.focus({ preventScroll: true });
}

function emptyText(): string {
    if (isLoading.value) return 'Loading…';
    return filter.value.size > 0 ? 'No request matches the filters.' : `There are no requests. EWS clients use ${ewsUrl()}.`;
}

/** The requests, the newest first. Only the visible rows are in the document. */
export function RequestList({ box, openId, onOpen }: Props) {
    const entries = shownEntries();
    const rowHeight = useMediaQuery('(max-width: 40rem)') ? 46 : 28;
    const [currentId, setCurrentId] = useState(openId);
    const hasFocus = useRef(false);
    const rows = useRowWindow(box, entries, rowHeight);
    const opening = useDelay(openDelayMilliseconds);
    /** The entry that opens after the delay: its row was selected before, and others can have been selected since. */
    const openedLater = useRef<number>(undefined);
    useEffect(() => {
        if (openId !== undefined && openId === openedLater.current) return;
        openedLater.current = undefined;
        opening.cancel();
    }, [openId]);

    const current = Math.min(currentId === undefined ? 0 : entries.indexOf(currentId), entries.length - 1);
    const indexes = Array.from({ length: rows.end - rows.start }, (_, offset) => rows.start + offset);
    // The current row stays in the document, because it can have the focus.
    if (current >= 0 && (current < rows.start || current >= rows.end)) indexes.push(current);

    const openEntry = openId === undefined ? undefined : entries.find(openId);
    useEffect(() => {
        if (!openEntry) return;
        const isSelected = openEntry.id === openedLater.current;
        openedLater.current = undefined;
        if (isSelected) return;
        setCurrentId(openEntry.id);
        rows.scrollTo(entries.indexOf(openEntry.id));
    }, [openEntry?.id]);

    useLayoutEffect(() => {
        const active = document.activeElement;
        const isRow = active?.getAttribute('role') === 'row' && active.getAttribute('tabindex') !== '0';
        if (hasFocus.current && (isRow || active === document.body)) focusCurrentRow(box.current!);
    });

    function select(index: number): void {
        const target = Math.max(0, Math.min(entries.length - 1, index));
        const entry = entries.at(target);
        if (!entry) return;
        rows.scrollTo(target);
        setCurrentId(entry.id);
        if (openId !== undefined) opening.run(() => openLater(entry.id));
    }

    function openLater(id: number): void {
        openedLater.current = id;
        onOpen(id, false);
    }

    function openNow(id: number, isEntered: boolean): void {
        opening.cancel();
        onOpen(id, isEntered);
    }

    function handleKey(event: KeyboardEvent): void {
        const targets: Record<string, number> = {
            ArrowDown: current + 1,
            ArrowUp: current - 1,
            PageDown: current + rows.pageSize,
            PageUp: current - rows.pageSize,
            Home: 0,
            End: entries.length - 1,
        };
        const target = targets[event.key];
        const entry = entries.at(current);
        if (target !== undefined) select(target);
        else if (event.key === 'Enter' && entry) openNow(entry.id, true);
        else return;
        event.preventDefault();
    }

    function click(id: number): void {
        setCurrentId(id);
        openNow(id, false);
    }

    return (
        <div class="grid-box" ref={box} onScroll={rows.measure}>
            <div
                role="grid"
                aria-label="Requests"
                aria-rowcount={entries.length + entries.older + 1}
                aria-colcount={columns.length}
                class="grid"
                onKeyDown={handleKey}
                onFocusIn={() => (hasFocus.current = true)}
                onFocusOut={(event) => (hasFocus.current = event.relatedTarget === null && document.hasFocus())}
            >
                <div role="row" aria-rowindex={1} class="grid-row grid-header">
                    {columns.map((name) => (
                        <div key={name} role="columnheader">
                            {name}
                        </div>
                    ))}
                </div>
                <div role="rowgroup" class="grid-body" style={{ height: `${entries.length * rowHeight}px` }}>
                    {indexes.map((index) => {
                        const entry = entries.at(index)!;
                        return (
                            <RequestRow
                                key={entry.id}
                                entry={entry}
                                rowIndex={index + 2}
                                top={index * rowHeight}
                                isCurrent={index === current}
                                isOpen={entry.id === openId}
                                onClick={click}
                            />
                        );
                    })}
                </div>
            </div>
            {entries.length === 0 && <p class="empty">{emptyText()}</p>}
            <OlderRequests
                older={entries.older}
                missing={entries.length > 0 ? missingText(entries) : ''}
                isNear={rows.end >= entries.length}
            />
        </div>
    );
}
