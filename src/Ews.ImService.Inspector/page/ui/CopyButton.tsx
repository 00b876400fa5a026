import { showError, showMessage } from '../state/messages';

interface Props {
    label: string;
    text: () => string | Promise<string>;
    title?: string;
    /** The visible part of the label; the default is the label. */
    shortLabel?: string;
}

/** A button that copies a text to the clipboard. */
export function CopyButton({ label, text, title, shortLabel }: Props) {
    return (
        <button type="button" aria-label={shortLabel && label} title={title} onClick={() => copy(label, text)}>
            {shortLabel ?? label}
        </button>
    );
}

async function copy(label: string, text: () => string | Promise<string>): Promise<void> {
    try {
        await write(await text());
        showMessage(`${label}: copied to the clipboard.`);
    } catch (reason) {
        showError(reason);
    }
}

/** Writes to the clipboard. Browsers offer its API only to pages of this machine and to HTTPS; elsewhere, a selection is copied. */
async function write(text: string): Promise<void> {
    if (navigator.clipboard) {
        await navigator.clipboard.writeText(text);
        return;
    }
    const area = document.createElement('textarea');
    area.value = text;
    const parent = document.querySelector('dialog[open]') ?? document.body;
    const focused = document.activeElement;
    parent.append(area);
    area.select();
    const isCopied = document.execCommand('copy');
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
    if (!isCopied) throw new Error('The browser does not allow copying to the clipboard.');
}
