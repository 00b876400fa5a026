import { useEffect, useState } from 'preact/hooks';
import { listMailboxes } from '../control/mailboxes';
import { errorText, showMessage } from '../state/messages';
import { count } from '../ui/count';
import { Dialog } from '../ui/Dialog';
import { Problems } from '../ui/Problems';
import { othersThan, preview, type SeedPreview } from './preview';
import { PreviewTable } from './PreviewTable';
import './seeds.css';
import { importSeed } from './seeds';

interface Content {
    text: string;
    mailboxes: SeedPreview[];
    existing: string[];
}

/** The dialog that shows what a seed document replaces, and imports it. */
export function ImportDialog({ file, onClose }: { file: File; onClose: () => void }) {
    const [content, setContent] = useState<Content>();
    const [replacesAll, setReplacesAll] = useState(false);
    const [isRunning, setIsRunning] = useState(false);
    const [error, setError] = useState<unknown>(null);

    useEffect(() => {
        read(file).then(setContent, setError);
    }, [file]);

    async function submit(event: Event): Promise<void> {
        event.preventDefault();
        if (!content || isRunning) return;
        setIsRunning(true);
        try {
            await importSeed(content.text, replacesAll);
            showMessage(`${count(content.mailboxes.length, 'mailbox', 'mailboxes')} imported.`);
            onClose();
        } catch (reason) {
            setError(reason);
            setIsRunning(false);
        }
    }

    const deleted = content ? othersThan(content.mailboxes, content.existing) : [];
    return (
        <Dialog title={`Import ${file.name}`} onClose={onClose}>
            <form onSubmit={submit}>
                {!content && error === null && <p class="quiet">Loading…</p>}
                {content && <PreviewTable mailboxes={content.mailboxes} />}
                {content && (
                    <fieldset>
                        <legend>Mailboxes that the document does not contain</legend>
                        <label class="choice">
                            <input type="radio" name="scope" checked={!replacesAll} onChange={() => setReplacesAll(false)} />
                            Keep
                        </label>
                        <label class="choice">
                            <input type="radio" name="scope" checked={replacesAll} onChange={() => setReplacesAll(true)} />
                            Delete ({count(deleted.length, 'mailbox', 'mailboxes')})
                        </label>
                    </fieldset>
                )}
                <Problems error={error} />
                <div class="buttons">
                    <button type="button" onClick={onClose}>
                        Cancel
                    </button>
                    <button class={replacesAll && deleted.length > 0 ? 'danger' : 'primary'} disabled={!content} aria-busy={isRunning}>
                        Import
                    </button>
                </div>
            </form>
        </Dialog>
    );
}

async function read(file: File): Promise<Content> {
    const [text, mailboxes] = await Promise.all([file.text(), listMailboxes()]);
    const existing = mailboxes.map((mailbox) => mailbox.smtpAddress);
    try {
        return { text, existing, mailboxes: preview(text, existing) };
    } catch (reason) {
        throw new Error(`${file.name} is not a JSON document: ${errorText(reason)}`, { cause: reason });
    }
}
