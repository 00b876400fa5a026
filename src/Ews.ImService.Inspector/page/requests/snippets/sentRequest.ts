import type { JournalEntry } from '../../control/stream';

/** A request as a client can send it again. */
export interface SentRequest {
    method: string;
    /** The path and query. */
    path: string;
    url: string;
    headers: [name: string, value: string][];
    /** The user of a request with credentials; the journal does not contain the password. */
    user: string | null;
    /** The names of other headers whose values the journal does not contain. */
    hidden: string[];
    body: string | null;
    /** The body in Base64, if it is not text. */
    bodyBase64: string | null;
}

/** The password in a snippet. */
export const password = 'PASSWORD';

const hiddenValue = '(hidden)';

/** The headers that depend on the connection or on the body as it was transferred; the body in the journal is not compressed. */
const transferHeaders = new Set([
    'host',
    'connection',
    'keep-alive',
    'transfer-encoding',
    'content-length',
    'content-encoding',
    'accept-encoding',
    'expect',
    'te',
    'trailer',
    'upgrade',
    'x-ews-realm',
]);

/** Returns the request of an entry. `page` is the URL of the page of the realm. */
export function sentRequest(entry: JournalEntry, page: string): SentRequest {
    const message = entry.request!;
    const isBasic = /^basic /i.test(headerOf(message.headers, 'authorization') ?? '');
    const sent = Object.entries(message.headers).filter(([name]) => !transferHeaders.has(name.toLowerCase()));
    const isHidden = ([name, value]: [string, string]) => name.toLowerCase() === 'authorization' || value.includes(hiddenValue);
    return {
        method: entry.method,
        path: entry.path,
        url: new URL(`.${entry.path}`, page).href,
        headers: sent.filter((header) => !isHidden(header)),
        user: isBasic ? (entry.mailbox ?? 'USER') : null,
        hidden: sent
            .filter((header) => isHidden(header) && !(isBasic && header[0].toLowerCase() === 'authorization'))
            .map(([name]) => name),
        body: message.body || null,
        bodyBase64: message.bodyBase64 ?? null,
    };
}

/** Returns the value of a header, regardless of the case of its name. */
export function headerOf(headers: Record<string, string>, name: string): string | undefined {
    return Object.entries(headers).find(([candidate]) => candidate.toLowerCase() === name)?.[1];
}

/** Returns comments about values that the journal does not contain. */
export function remarks(request: SentRequest): string[] {
    const result: string[] = [];
    if (request.user !== null) result.push(`Replace ${password}: the journal does not contain passwords.`);
    if (request.hidden.length > 0)
        result.push(`The request also had headers whose values the journal does not contain: ${request.hidden.join(', ')}.`);
    return result;
}
