/** A part of a list whose rows have the same height. */
export interface RowWindow {
    /** The index of the first row to render. */
    start: number;
    /** The index after the last row to render. */
    end: number;
}

/** The rows that are rendered before and after those that are visible. */
const overscan = 8;

/** Returns the rows to render. */
export function rowWindow(scrollTop: number, viewHeight: number, rowHeight: number, count: number): RowWindow {
    const first = Math.floor(scrollTop / rowHeight);
    const last = Math.ceil((scrollTop + viewHeight) / rowHeight);
    return { start: Math.max(0, Math.min(first, count) - overscan), end: Math.min(count, last + overscan) };
}

/** Returns the scroll position that shows a row, which is the current one if the row is visible. */
export function scrollTopFor(index: number, scrollTop: number, viewHeight: number, rowHeight: number): number {
    const top = index * rowHeight;
    if (top < scrollTop) return top;
    return Math.max(scrollTop, top + rowHeight - viewHeight);
}
