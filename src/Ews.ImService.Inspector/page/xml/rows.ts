import type { XmlDocument } from './document';
import { kinds, type Kind } from './kinds';

/** Longer lines are shown in several rows, so that each part of a document is small. */
const maxRowLength = 2000;

export interface Piece {
    text: string;
    kind: Kind;
}

/** A part of a row that is either marked as a whole or not at all. */
export interface Run {
    isMarked: boolean;
    pieces: Piece[];
}

export interface Row {
    /** The line number from 1, or 0 if the row continues a line. */
    number: number;
    runs: Run[];
}

/** Breaks a text into rows; returns the start and the line number of each. */
export function breakRows(text: string): { rows: Uint32Array<ArrayBuffer>; lineCount: number } {
    const rows: number[] = [];
    let lineCount = 0;
    for (let start = 0; start <= text.length;) {
        const newline = text.indexOf('\n', start);
        const end = newline < 0 ? text.length : newline;
        rows.push(start, ++lineCount);
        for (let row = rowEnd(text, start); row < end; row = rowEnd(text, row)) rows.push(row, 0);
        start = end + 1;
    }
    return { rows: Uint32Array.from(rows), lineCount };
}

/** A row does not end between the two halves of a character. */
function rowEnd(text: string, start: number): number {
    const end = start + maxRowLength;
    const code = text.charCodeAt(end);
    return code >= 0xdc00 && code <= 0xdfff ? end - 1 : end;
}

export function rowCount(document: XmlDocument): number {
    return document.rows.length / 2;
}

/** Returns the index of the row that contains an offset. */
export function rowAt(document: XmlDocument, offset: number): number {
    return lastIndex(rowCount(document), (row) => document.rows[row * 2]! <= offset);
}

/** Returns the number of the line that contains an offset. */
export function lineAt(document: XmlDocument, offset: number): number {
    let row = rowAt(document, offset);
    while (document.rows[row * 2 + 1] === 0) row--;
    return document.rows[row * 2 + 1]!;
}

/** Returns the content of the rows from one index to another, exclusive. */
export function readRows(document: XmlDocument, from: number, to: number): Row[] {
    const rows: Row[] = [];
    for (let row = from; row < Math.min(to, rowCount(document)); row++) {
        const start = document.rows[row * 2]!;
        const next = row + 1 < rowCount(document) ? document.rows[row * 2 + 2]! : document.text.length + 1;
        const endsLine = row + 1 >= rowCount(document) || document.rows[row * 2 + 3] !== 0;
        rows.push({ number: document.rows[row * 2 + 1]!, runs: readRuns(document, start, endsLine ? next - 1 : next) });
    }
    return rows;
}

function readRuns(document: XmlDocument, start: number, end: number): Run[] {
    const mark = document.mark;
    if (!mark || mark.to <= start || mark.from >= end) return [{ isMarked: false, pieces: readPieces(document, start, end) }];
    const from = Math.max(start, mark.from);
    const to = Math.min(end, mark.to);
    return [
        { isMarked: false, pieces: readPieces(document, start, from) },
        { isMarked: true, pieces: readPieces(document, from, to) },
        { isMarked: false, pieces: readPieces(document, to, end) },
    ].filter((run) => run.pieces.length > 0);
}

function readPieces({ text, tokens }: XmlDocument, start: number, end: number): Piece[] {
    const pieces: Piece[] = [];
    let offset = start;
    const add = (to: number, kind: Kind) => {
        if (to > offset) pieces.push({ text: text.slice(offset, to), kind });
        offset = Math.max(offset, to);
    };
    const first = Math.max(
        0,
        lastIndex(tokens.length / 3, (token) => tokens[token * 3]! <= start),
    );
    for (let i = first * 3; i < tokens.length && tokens[i]! < end; i += 3) {
        if (tokens[i + 1]! <= start) continue;
        add(Math.max(start, tokens[i]!), '');
        add(Math.min(end, tokens[i + 1]!), kinds[tokens[i + 2]!]!);
    }
    add(end, '');
    return pieces;
}

/** Returns the last of the indexes for which a condition holds that holds for the first ones only, or -1. */
function lastIndex(count: number, condition: (index: number) => boolean): number {
    let low = -1;
    let high = count;
    while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (condition(middle)) low = middle;
        else high = middle;
    }
    return low;
}
