import type { JournalEntry } from '../../control/stream';

/** Characters that have a meaning in shells, C#, Python, XML or URLs. */
export const special = `'"\`$!\\ \\n %s {0} {{ "" """ """" ''' # @ & | ; < > * ~ \t\u00e9\u{1f600}`;

/** Returns a journal entry for tests. */
export function exampleEntry(body: string, headers: Record<string, string> = {}, changes: Partial<JournalEntry> = {}): JournalEntry {
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
        requestBytes: body.length,
        responseBytes: 0,
        request: {
            headers: { 'Content-Type': 'text/xml', Host: 'localhost:5080', 'Content-Length': '1', ...headers },
            body,
            isRedacted: false,
        },
        response: { headers: {}, body: '', isRedacted: false },
        ...changes,
    };
}
