import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { EntryList } from './entryList';
import { rowWindow, scrollTopFor, type RowWindow } from '../ui/rowWindow';

/** The height of the header row, which remains at the top of the box. */
const headerHeight = 30;

export interface ScrolledRows extends RowWindow {
    /** The number of rows that fit into the box. */
    pageSize: number;
    /** Reads the scroll position; it is called for each scroll event. */
    measure: () => void;
    /** Scrolls until a row is visible. */
    scrollTo: (index: number) => void;
}

/** Determines the rows of a scrolling box that are rendered. Entries that arrive above the visible rows do not move them, unless the list
 * is at its start. */
export function useRowWindow(box: RefObject<HTMLElement | null>, entries: EntryList, rowHeight: number): ScrolledRows {
    const [view, setView] = useState({ first: 0, height: 0 });
    const anchor = useRef<{ id: number; offset: number }>(undefined);

    function measure(): void {
        const { scrollTop, clientHeight } = box.current!;
        const first = Math.floor(scrollTop / rowHeight);
        const entry = scrollTop > 0 ? entries.at(first) : undefined;
        anchor.current = entry && { id: entry.id, offset: scrollTop - first * rowHeight };
        const height = clientHeight - headerHeight;
        setView((known) => (known.first === first && known.height === height ? known : { first, height }));
    }

    function scrollTo(index: number): void {
        const element = box.current!;
        element.scrollTop = scrollTopFor(index, element.scrollTop, element.clientHeight - headerHeight, rowHeight);
        measure();
    }

    useLayoutEffect(() => {
        const { id, offset } = anchor.current ?? {};
        if (id !== undefined) box.current!.scrollTop = entries.indexOf(id) * rowHeight + offset!;
        measure();
    }, [entries, entries.length, entries.at(0)?.id, rowHeight]);

    const latestMeasure = useRef(measure);
    latestMeasure.current = measure;
    useLayoutEffect(() => {
        const observer = new ResizeObserver(() => latestMeasure.current());
        observer.observe(box.current!);
        return () => observer.disconnect();
    }, []);

    return {
        ...rowWindow(view.first * rowHeight, view.height, rowHeight, entries.length),
        pageSize: Math.max(1, Math.floor(view.height / rowHeight) - 1),
        measure,
        scrollTo,
    };
}
