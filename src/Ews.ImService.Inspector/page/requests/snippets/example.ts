import type { JournalEntry } from '../../control/stream';
import { exampleEntry } from '../exampleEntry';

/** Characters that have a meaning in shells, C#, Python, XML or URLs. */
export const special = `'"\`$!\\ \\n %s {0} {{ "" """ """" ''' # @ & | ; < > * ~ \t\u00e9\u{1f600}`;

/** Returns a journal entry with headers and bodies for tests. */
export function exampleRequest(body: string, headers: Record<string, string> = {}, changes: Partial<JournalEntry> = {}): JournalEntry {
    return exampleEntry({
        request: {
            headers: { 'Content-Type': 'text/xml', Host: 'localhost:5080', 'Content-Length': '1', ...headers },
            body,
            isRedacted: false,
        },
        response: { headers: {}, body: '', isRedacted: false },
        ...changes,
    });
}
