import { useEffect, useRef, useState } from 'preact/hooks';
import type { XmlDocument } from './document';
import { prepareDocument } from './prepare';
import { rowAt, rowCount } from './rows';
import type { Violation } from './violation';
import './xml.css';
import { XmlBlock } from './XmlBlock';

const rowsPerBlock = 100;
const blocksAtFirst = 4;

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
    const wantedBlocks = wantsAll ? blocks : Math.min(blocks, Math.max(blocksAtFirst, blockOfMark + 1));

    // One block per frame, so that no frame takes long.
    useEffect(() => {
        if (shownBlocks >= wantedBlocks) return;
        const frame = requestAnimationFrame(() => setShownBlocks(shownBlocks + 1));
        return () => cancelAnimationFrame(frame);
    }, [document, shownBlocks, wantedBlocks]);

    useEffect(() => {
        if (document?.mark && shownBlocks > blockOfMark) box.current?.querySelector('mark')?.scrollIntoView({ block: 'nearest' });
    }, [document, shownBlocks > blockOfMark]);

    const showAll = () => {
        setWantsAll(true);
        box.current?.focus();
    };

    if (error) return <p class="error">{error.message}</p>;
    if (!document) return <p class="quiet">Loading…</p>;
    return (
        <div class="xml">
            <pre ref={box} tabIndex={0} role="region" aria-label={label}>
                {Array.from({ length: Math.min(shownBlocks, wantedBlocks) }, (_, block) => (
                    <XmlBlock
                        key={block}
                        document={document}
                        from={block * rowsPerBlock}
                        to={(block + 1) * rowsPerBlock}
                        violation={violation?.message ?? ''}
                    />
                ))}
            </pre>
            {wantedBlocks < blocks && (
                <button type="button" onClick={showAll}>
                    {document.lineCount > 1 ? `Show all ${document.lineCount.toLocaleString('en')} lines` : 'Show the whole line'}
                </button>
            )}
        </div>
    );
}
