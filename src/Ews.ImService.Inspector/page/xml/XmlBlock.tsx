import { useMemo } from 'preact/hooks';
import type { XmlDocument } from './document';
import { readRows, type Row, type Run } from './rows';

interface Props {
    document: XmlDocument;
    from: number;
    to: number;
    /** The message of the violation that the mark stands for. */
    violation: string;
}

/** Some rows of a document. The browser lays out a block only when it is scrolled into view. */
export function XmlBlock({ document, from, to, violation }: Props) {
    return useMemo(
        () => (
            <span class="xml-block">
                {readRows(document, from, to).map((row, index) => (
                    <XmlRow key={index} row={row} violation={violation} />
                ))}
            </span>
        ),
        [document, from, to, violation],
    );
}

function XmlRow({ row, violation }: { row: Row; violation: string }) {
    return (
        <span class="xml-row" data-line={row.number || undefined}>
            {row.runs.map((run) => (run.isMarked ? <mark title={violation}>{pieces(run)}</mark> : pieces(run)))}
        </span>
    );
}

function pieces(run: Run) {
    return run.pieces.map((piece) => (piece.kind ? <span class={`xml-${piece.kind}`}>{piece.text}</span> : piece.text));
}
