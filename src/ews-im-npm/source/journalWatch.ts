import { isMissing, isSuccess, type ControlClient } from './controlClient';
import { EwsImServerError } from './errors';
import { JournalEntry, isComplete } from './journalEntry';
import { differencesOf, type RequestPattern } from './requestPattern';
import type { Schemas } from './schemas';

const maxEntriesPerEvent = 1000;

/** Returns the requests that match a pattern as they are completed, beginning with those in the journal. */
export async function* watchJournal(
    control: ControlClient,
    pattern: RequestPattern,
    signal?: AbortSignal,
): AsyncGenerator<JournalEntry, void> {
    const filter = pattern.operation === undefined ? '' : `&operation=${encodeURIComponent(pattern.operation)}`;
    await control.send('GET', `journal?limit=0${filter}`); // Creates the realm, which a stream does not, and verifies the operation.
    const returned = new Set<number>();
    for await (const { reset, firstId, entries } of readChanges(control, filter, signal)) {
        if (reset) returned.clear();
        for (const id of returned) if (id < firstId) returned.delete(id);
        for (const entry of entries) {
            if (!isComplete(entry) || returned.has(entry.id) || differencesOf(pattern, entry).length > 0) continue;
            returned.add(entry.id);
            yield entry;
        }
    }
}

/** Changes of the journal: the entries that were added or changed, with headers and bodies. */
type Changes = Pick<Schemas['JournalChanges'], 'reset' | 'firstId'> & { entries: JournalEntry[] };

/** Returns the changes of the journal, until the realm is deleted or the server stops. */
async function* readChanges(control: ControlClient, filter: string, signal?: AbortSignal): AsyncGenerator<Changes, void> {
    let isJournal = false;
    try {
        for await (const line of await control.open(`events?limit=${maxEntriesPerEvent}${filter}`, signal)) {
            if (line.startsWith('event: ')) isJournal = line === 'event: journal';
            else if (isJournal && line.startsWith('data: ')) {
                const changes = await complete(control, JSON.parse(line.slice('data: '.length)), filter);
                if (changes === undefined) return;
                yield changes;
            }
        }
    } catch (error) {
        if (control.isClosed) return;
        signal?.throwIfAborted();
        if (error instanceof EwsImServerError) throw error;
        throw new EwsImServerError(`The connection to the server was lost: ${error}`, { cause: error });
    }
}

/** Reads the headers and bodies of changed entries, which events do not contain. Returns `undefined` if the realm was deleted. */
async function complete(control: ControlClient, changes: Schemas['JournalChanges'], filter: string): Promise<Changes | undefined> {
    const first = changes.skipped > 0 ? changes.firstId : changes.entries[0]?.id;
    if (first === undefined) return { ...changes, entries: [] };
    const path = `journal?bodies=true&after=${first - 1}${filter}`;
    const response = await control.trySendToExisting('GET', path);
    if (isMissing(response)) return undefined;
    if (!isSuccess(response)) throw control.errorOf('GET', path, response);
    const { entries }: Schemas['JournalPage'] = JSON.parse(response.text);
    return { ...changes, entries: entries.map((entry) => new JournalEntry(entry)) };
}
