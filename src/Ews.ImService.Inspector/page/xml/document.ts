import { color } from './color';
import { applyEdits, createMover } from './edits';
import { format } from './format';
import { maxFormattedLength, maxShownLength } from './limits';
import { characterAt, rangeAt, type Range } from './mark';
import { parse } from './parse';
import { breakRows } from './rows';

/** The line and position of a violation in a request, from 1. A position of 0 is unknown. */
export interface Position {
    line: number;
    position: number;
}

export interface DocumentOptions {
    format: boolean;
    mark: Position | null;
}

/** A text that is ready to be shown. The arrays are transferred between threads without a copy. */
export interface XmlDocument {
    text: string;
    isFormatted: boolean;
    /** Start, end and kind of each colored range. */
    tokens: Uint32Array<ArrayBuffer>;
    /** Start and line number of each row; a row that continues a long line has the number 0. */
    rows: Uint32Array<ArrayBuffer>;
    lineCount: number;
    mark: Range | null;
}

/** Formats and colors a text. Takes hundreds of milliseconds for a megabyte: the page calls it in a worker. */
export function createDocument(body: string, options: DocumentOptions): XmlDocument {
    const source = withoutCarriageReturns(body.slice(0, maxShownLength));
    const tree = body.length <= maxFormattedLength ? parse(source) : null;
    const edits = options.format && tree ? format(source, tree) : null;
    const text = edits ? applyEdits(source, edits) : source;
    const offset = options.mark && offsetOf(source, options.mark);
    return {
        text,
        isFormatted: edits !== null,
        tokens: tree ? moveTokens(color(tree), createMover(edits ?? [])) : new Uint32Array(),
        ...breakRows(text),
        mark: offset === null ? null : mark(offset),
    };

    function mark(at: number): Range {
        const range = rangeAt(source, tree, at);
        const move = createMover(edits ?? []);
        return range ? { from: move(range.from), to: move(range.to - 1) + 1 } : characterAt(text, move(at));
    }
}

/** The service counts lines as XML does: each of CR LF, CR and LF ends a line. It does not count a byte order mark. */
function withoutCarriageReturns(body: string): string {
    return body.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

function moveTokens(tokens: number[], move: (offset: number) => number): Uint32Array<ArrayBuffer> {
    const moved = new Uint32Array(tokens.length);
    for (let i = 0; i < tokens.length; i += 3) {
        moved[i] = move(tokens[i]!);
        moved[i + 1] = move(tokens[i + 1]! - 1) + 1;
        moved[i + 2] = tokens[i + 2]!;
    }
    return moved;
}

function offsetOf(text: string, { line, position }: Position): number | null {
    if (line < 1 || position < 1) return null;
    let start = 0;
    for (let i = 1; i < line; i++) {
        const end = text.indexOf('\n', start);
        if (end < 0) return null;
        start = end + 1;
    }
    return Math.min(start + position - 1, text.length);
}
