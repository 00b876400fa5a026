import type { XmlDocument } from './document';
import { lineAt } from './rows';
import type { Violation } from './violation';

interface Props {
    document: XmlDocument;
    violation: Violation;
    onShow: () => void;
}

/** The position of a violation in the body as it arrived, and the line in which it is marked if the shown text has other lines. */
export function ViolationLine({ document, violation, onShow }: Props) {
    const shownLine = document.mark && lineAt(document, document.mark.from);
    return (
        <p class="violation-line">
            Violation:{' '}
            <button type="button" onClick={onShow}>
                Line {violation.line}, position {violation.position}
            </button>
            {shownLine !== null && shownLine !== violation.line && <span class="quiet"> line {shownLine} below</span>}
        </p>
    );
}
