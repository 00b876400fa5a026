import type { Tree } from '@lezer/common';
import { parser } from '@lezer/xml';
import { color } from './color';
import { format, mapOffset } from './format';
import { rangeToMark, type Range } from './mark';
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
    const source = withoutCarriageReturns(body);
    const formatted = options.format ? format(source) : null;
    const text = formatted ?? source;
    const tree = parse(text);
    const offset = options.mark && offsetOf(source, options.mark);
    const mappedOffset = offset !== null && formatted !== null ? mapOffset(source, formatted, offset) : offset;
    return {
        text,
        isFormatted: formatted !== null,
        tokens: tree ? color(tree) : new Uint32Array(),
        ...breakRows(text),
        mark: mappedOffset === null ? null : rangeToMark(text, tree, mappedOffset),
    };
}

/** The service counts lines as XML does: each of CR LF, CR and LF ends a line. It does not count a byte order mark. */
function withoutCarriageReturns(body: string): string {
    return body.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

function parse(text: string): Tree | null {
    return text.trimStart().startsWith('<') ? parser.parse(text) : null;
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
