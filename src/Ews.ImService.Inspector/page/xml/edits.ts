/** A replacement of a part of a text. */
export interface Edit {
    from: number;
    to: number;
    insert: string;
}

/** Returns a text after edits in ascending order. */
export function applyEdits(text: string, edits: Edit[]): string {
    const parts: string[] = [];
    let copied = 0;
    for (const { from, to, insert } of edits) {
        parts.push(text.slice(copied, from), insert);
        copied = to;
    }
    parts.push(text.slice(copied));
    return parts.join('');
}

/** Returns a function that returns the offset of a character after edits. It is called with ascending offsets. */
export function createMover(edits: Edit[]): (offset: number) => number {
    let next = 0;
    let shift = 0;
    return (offset) => {
        for (; next < edits.length && edits[next]!.to <= offset; next++) {
            const { from, to, insert } = edits[next]!;
            shift += insert.length - (to - from);
        }
        const edit = edits[next];
        const replaced = edit && edit.from < offset ? Math.max(0, offset - edit.from - Math.max(0, edit.insert.length - 1)) : 0;
        return offset + shift - replaced;
    };
}
