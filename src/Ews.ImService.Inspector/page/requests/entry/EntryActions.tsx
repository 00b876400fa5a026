import type { Signal } from '@preact/signals';
import { ControlError, type Contract } from '../../control/call';
import { exportMailbox } from '../../control/mailboxes';
import type { JournalEntry } from '../../control/stream';
import { showMessage } from '../../state/messages';
import { isOpen } from '../../state/route';
import { ActionButton } from '../../ui/ActionButton';
import { CopyButton } from '../../ui/CopyButton';
import { download } from '../../ui/download';
import { replay } from '../journal';
import { csharpTest, usesIds } from '../snippets/csharp';
import { curlCommand } from '../snippets/curl';
import { pythonProgram } from '../snippets/python';
import { sentRequest, type SentRequest } from '../snippets/sentRequest';

interface Props {
    entry: JournalEntry;
    /** `true` if the journal does not contain the entry any more. */
    isGone: boolean;
    isFormatted: Signal<boolean>;
    onOpen: (id: number) => void;
}

/** The actions on an entry. */
export function EntryActions({ entry, isGone, isFormatted, onOpen }: Props) {
    const snippet = (create: (request: SentRequest) => string) => () => create(sentRequest(entry, document.baseURI));

    async function sendAgain(): Promise<void> {
        const { id } = await replay(entry.id);
        showMessage(`Request ${entry.id} was sent again as request ${id}.`);
        if (isOpen('requests', entry.id)) onOpen(id);
    }

    async function copyTest(): Promise<string> {
        const request = sentRequest(entry, document.baseURI);
        return csharpTest(request, entry, entry.mailbox && usesIds(request) ? await exportIfExists(entry.mailbox) : null);
    }

    const exportSeed = async () => seedText(await exportMailbox(entry.mailbox!));
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
            <ActionButton label="Replay" title="Send the request again to this realm" isDisabled={isGone} onAction={sendAgain} />
            <CopyButton label="Copy as curl" text={snippet(curlCommand)} />
            <CopyButton label="Copy as C# test" title="A test with Ews.ImService.Testing" text={copyTest} />
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

function seedText(document: Contract['SeedDocument']): string {
    return `${JSON.stringify(document, null, 2)}\n`;
}

/** Returns the seed document of a mailbox, or `null` if the mailbox does not exist. */
async function exportIfExists(mailbox: string): Promise<string | null> {
    try {
        return seedText(await exportMailbox(mailbox));
    } catch (reason) {
        if (reason instanceof ControlError && reason.status === 404) return null;
        throw reason;
    }
}
