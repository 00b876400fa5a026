import type { JournalEntry } from '../control/stream';

/** Returns a journal entry for tests. */
export function exampleEntry(changes: Partial<JournalEntry> = {}): JournalEntry {
    return {
        id: 17,
        time: '2026-11-21T08:30:00.1234567Z',
        state: 'answered',
        method: 'POST',
        path: '/EWS/Exchange.asmx',
        operation: 'AddImGroup',
        mailbox: 'alice@contoso.com',
        responseCode: 'NoError',
        status: 200,
        fault: null,
        earlyByMilliseconds: null,
        milliseconds: 1.5,
        requestBytes: 100,
        responseBytes: 200,
        ...changes,
    };
}
