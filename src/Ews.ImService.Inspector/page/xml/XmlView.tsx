import { Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { LargeBody } from './LargeBody';
import { maxFormattedLength } from './limits';
import { rowAt, rowCount } from './rows';
import { useDocument } from './useDocument';
import { showMark } from './showMark';
import type { Violation } from './violation';
import { ViolationLine } from './ViolationLine';
import './xml.css';
import { XmlBlock } from './XmlBlock';

const rowsPerBlock = 100;
const blocksAtFirst = 4;

/** The blocks by which the shown part of a large body grows; those of another body are shown together. */
const furtherBlocks = 10;

interface Props {
    /** The accessible name. */
    label: string;
    body: string;
    format: boolean;
    violation: Violation | null;
}

/** Shows a body with line numbers and colors, if it is XML, and marks the schema violation. A large body is shown in parts. */
export function XmlView({ label, body, format, violation }: Props) {
    const box = useRef<HTMLPreElement>(null);
    const result = useDocument(body, format, violation);
    const [wantedBlocks, setWantedBlocks] = useState(blocksAtFirst);
    const [shownBlocks, setShownBlocks] = useState(0);
    const document = result instanceof Error ? null : result;

    useEffect(() => {
        setWantedBlocks(blocksAtFirst);
        setShownBlocks(1);
    }, [document]);

    const blocks = document ? Math.ceil(rowCount(document) / rowsPerBlock) : 0;
    const blockOfMark = document?.mark ? Math.floor(rowAt(document, document.mark.from) / rowsPerBlock) : 0;
    const shownAtLast = Math.min(wantedBlocks, blocks);
    const indexes = Array.from({ length: Math.min(shownBlocks, shownAtLast) }, (_, block) => block);
    if (blockOfMark >= indexes.length) indexes.push(blockOfMark);

    // One block per frame, so that no frame takes long.
    useEffect(() => {
        if (shownBlocks >= shownAtLast) return;
        const frame = requestAnimationFrame(() => setShownBlocks(shownBlocks + 1));
        return () => cancelAnimationFrame(frame);
    }, [document, shownBlocks, shownAtLast]);

    useEffect(() => {
        if (wantedBlocks === blocksAtFirst) showMark(box.current);
    }, [document, shownBlocks]);

    const isLarge = body.length > maxFormattedLength;
    const showFurther = () => {
        setWantedBlocks(isLarge ? wantedBlocks + furtherBlocks : blocks);
        box.current?.focus();
    };

    if (result instanceof Error) return <p class="error">{result.message}</p>;
    if (!document) return <p class="quiet">Loading…</p>;
    return (
        <div class="xml">
            <LargeBody body={body} label={label} />
            {violation && <ViolationLine document={document} violation={violation} onShow={() => showMark(box.current)} />}
            <pre ref={box} tabIndex={0} role="region" aria-label={label}>
                {indexes.map((block, position) => (
                    <Fragment key={block}>
                        {position > 0 && block > indexes[position - 1]! + 1 && <span class="xml-gap">⋯</span>}
                        <XmlBlock
                            document={document}
                            from={block * rowsPerBlock}
                            to={(block + 1) * rowsPerBlock}
                            violation={violation?.message ?? ''}
                        />
                    </Fragment>
                ))}
            </pre>
            {Math.max(shownAtLast, indexes.length) < blocks && (
                <button type="button" onClick={showFurther}>
                    {isLarge ? 'Show further lines' : showAllText(document.lineCount)}
                </button>
            )}
        </div>
    );
}

function showAllText(lineCount: number): string {
    return lineCount > 1 ? `Show all ${lineCount.toLocaleString('en')} lines` : 'Show the whole line';
}
