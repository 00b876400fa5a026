import { Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { XmlDocument } from './document';
import { prepareDocument } from './prepare';
import { rowAt, rowCount } from './rows';
import type { Violation } from './violation';
import './xml.css';
import { XmlBlock } from './XmlBlock';

const rowsPerBlock = 100;
const blocksAtFirst = 4;

/** The height in pixels of the lines that are shown above the mark. */
const marginAboveMark = 80;

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
    const [document, setDocument] = useState<XmlDocument | null>(null);
    const [error, setError] = useState<Error | null>(null);
    const [wantsAll, setWantsAll] = useState(false);
    const [shownBlocks, setShownBlocks] = useState(0);

    useEffect(() => {
        let isCurrent = true;
        const show = (prepared: XmlDocument) => {
            if (!isCurrent) return;
            setDocument(prepared);
            setError(null);
            setWantsAll(false);
            setShownBlocks(1);
        };
        prepareDocument(body, { format, mark: violation }).then(show, (reason: Error) => isCurrent && setError(reason));
        return () => void (isCurrent = false);
    }, [body, format, violation?.line, violation?.position]);

    const blocks = document ? Math.ceil(rowCount(document) / rowsPerBlock) : 0;
    const blockOfMark = document?.mark ? Math.floor(rowAt(document, document.mark.from) / rowsPerBlock) : 0;
    const wantedBlocks = wantsAll ? blocks : Math.min(blocks, blocksAtFirst);
    const indexes = Array.from({ length: Math.min(shownBlocks, wantedBlocks) }, (_, block) => block);
    if (blockOfMark >= indexes.length) indexes.push(blockOfMark);

    // One block per frame, so that no frame takes long.
    useEffect(() => {
        if (shownBlocks >= wantedBlocks) return;
        const frame = requestAnimationFrame(() => setShownBlocks(shownBlocks + 1));
        return () => cancelAnimationFrame(frame);
    }, [document, shownBlocks, wantedBlocks]);

    useEffect(() => {
        if (!wantsAll) showMark(box.current);
    }, [document, shownBlocks]);

    const showAll = () => {
        setWantsAll(true);
        box.current?.focus();
    };

    if (error) return <p class="error">{error.message}</p>;
    if (!document) return <p class="quiet">Loading…</p>;
    return (
        <div class="xml">
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
            {!wantsAll && Math.max(wantedBlocks, indexes.length) < blocks && (
                <button type="button" onClick={showAll}>
                    {document.lineCount > 1 ? `Show all ${document.lineCount.toLocaleString('en')} lines` : 'Show the whole line'}
                </button>
            )}
        </div>
    );
}

/** Scrolls the box, and nothing around it, until the mark is some lines below its top. */
function showMark(box: HTMLElement | null): void {
    const mark = box?.querySelector('mark');
    if (mark) box!.scrollTop += mark.getBoundingClientRect().top - box!.getBoundingClientRect().top - marginAboveMark;
}
