import type { JournalEntry } from './journalEntry';
import type { EwsImRealm } from './realm';
import type { Schemas } from './schemas';

const maxEntries = 100;
const maxBodies = 3;
const maxBodyLength = 4000;

/** Returns the newest requests of a realm, one in a line, and the bodies of the last ones. */
export async function describeJournal(realm: EwsImRealm): Promise<string> {
    try {
        return await describeEntries(realm);
    } catch (error) {
        return `The requests to ${realm.url} cannot be read. ${error instanceof Error ? error.message : error}`;
    }
}

async function describeEntries(realm: EwsImRealm): Promise<string> {
    const entries = await realm.journal.getEntries();
    if (entries.length === 0) return `There were no requests to ${realm.url}.`;
    const lines = [`The requests to ${realm.url}:`];
    if (entries.length > maxEntries) lines.push(`  ${entries.length - maxEntries} older requests are not shown.`);
    lines.push(...entries.slice(-maxEntries).map((entry) => `  ${entry}`));
    lines.push(...missingSignInLines(entries));
    for (const { id, request, response } of entries.slice(-maxBodies))
        lines.push('', `Request #${id}:`, indentedBody(request), '', `Response #${id}:`, indentedBody(response));
    return lines.join('\n');
}

/** Returns a hint if the client selected no mailbox in any request. */
function missingSignInLines(entries: JournalEntry[]): string[] {
    const [mailbox, ...others] = new Set(entries.map((entry) => entry.mailbox).filter((one) => one !== null));
    if (mailbox === undefined || others.length > 0 || entries.some(selectsMailbox)) return [];
    return [`  No request has credentials or ExchangeImpersonation. They use the default mailbox ${mailbox}.`];
}

const selectsMailbox = ({ requestHeaders, requestBody }: JournalEntry): boolean =>
    'authorization' in requestHeaders || requestBody.includes('ExchangeImpersonation');

const indentedBody = (message?: Schemas['JournalMessage']): string => textOf(message).replace(/^(?=.)/gm, '  ');

function textOf(message?: Schemas['JournalMessage']): string {
    if (!message) return '(none)';
    const { body, headers } = message;
    if (typeof body !== 'string') return '(not valid UTF-8)';
    // A body without an EWS operation, such as that of the WSDL, is not recorded.
    if (body === '') return 'Content-Type' in headers ? '(not recorded)' : '(empty)';
    if (body.length <= maxBodyLength) return body;
    return `${body.slice(0, maxBodyLength)}\n(${body.length - maxBodyLength} more characters)`;
}
