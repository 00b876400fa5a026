import { download } from '../ui/download';
import { maxFormattedLength, maxShownLength } from './limits';

/** Explains how a large body is shown, and downloads it. Nothing for another body. */
export function LargeBody({ body, label }: { body: string; label: string }) {
    if (body.length <= maxFormattedLength) return null;
    const save = () => download(`${label.toLowerCase().replaceAll(' ', '-')}.xml`, body, 'text/xml');
    return (
        <p class="large-body">
            <span class="quiet">
                Bodies of more than {megabytes(maxFormattedLength)} are shown as they are.
                {body.length > maxShownLength && ` The first ${megabytes(maxShownLength)} are shown.`}
            </span>
            <button type="button" onClick={save}>
                Download the body
            </button>
        </p>
    );
}

function megabytes(length: number): string {
    return `${length / (1024 * 1024)} MB`;
}
