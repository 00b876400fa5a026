import type { Signal } from '@preact/signals';
import { exportMailbox } from '../../control/mailboxes';
import type { JournalEntry } from '../../control/stream';
import { showMessage } from '../../state/messages';
import { isOpen } from '../../state/route';
import { ActionButton } from '../../ui/ActionButton';
import { CopyButton } from '../../ui/CopyButton';
import { download } from '../../ui/download';
import { replay } from '../journal';
import { csharpTest } from '../snippets/csharp';
import { curlCommand } from '../snippets/curl';
import { pythonProgram } from '../snippets/python';
import { sentRequest, type SentRequest } from '../snippets/sentRequest';

interface Props {
    entry: JournalEntry;
    isFormatted: Signal<boolean>;
    onOpen: (id: number) => void;
}

/** The actions on an entry. */
export function EntryActions({ entry, isFormatted, onOpen }: Props) {
    const snippet = (create: (request: SentRequest) => string) => () => create(sentRequest(entry, document.baseURI));

    async function sendAgain(): Promise<void> {
        const { id } = await replay(entry.id);
        showMessage(`Request ${entry.id} was sent again as request ${id}.`);
        if (isOpen('requests', entry.id)) onOpen(id);
    }

    const exportSeed = async () => `${JSON.stringify(await exportMailbox(entry.mailbox!), null, 2)}\n`;
    const save = () => download(`request-${entry.id}.json`, JSON.stringify(entry, null, 2), 'application/json');
    return (
        <div class="entry-actions" role="group" aria-label="Actions on the request">
            <div class="choice" role="group" aria-label="Bodies">
                <button type="button" aria-pressed={isFormatted.value} onClick={() => (isFormatted.value = true)}>
                    Formatted
                </button>
                <button type="button" aria-pressed={!isFormatted.value} onClick={() => (isFormatted.value = false)}>
                    Raw
                </button>
            </div>
            <ActionButton label="Replay" title="Send the request again to this realm" onAction={sendAgain} />
            <CopyButton label="Copy as curl" text={snippet(curlCommand)} />
            <CopyButton
                label="Copy as C# test"
                title="A test with Ews.ImService.Testing"
                text={snippet((request) => csharpTest(request, entry))}
            />
            <CopyButton label="Copy as Python" text={snippet(pythonProgram)} />
            {entry.mailbox && (
                <CopyButton label="Copy as seed document" title={`The current content of ${entry.mailbox}`} text={exportSeed} />
            )}
            <button type="button" title="Save the entry as JSON" onClick={save}>
                Download
            </button>
        </div>
    );
}
