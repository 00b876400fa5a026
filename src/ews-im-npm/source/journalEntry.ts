import type { Schemas } from './schemas';

/** A request that a realm received, and its response. */
export interface JournalEntry extends Readonly<Schemas['JournalEntry']> {}

export class JournalEntry {
    /** @internal */
    constructor(content: Schemas['JournalEntry']) {
        Object.assign(this, content);
    }

    /** The headers of the request by name in lower case. Credentials are redacted. */
    get requestHeaders(): Record<string, string> {
        return headersOf(this.request);
    }

    /** The body of the request; empty if it is not valid UTF-8. */
    get requestBody(): string {
        return this.request?.body ?? '';
    }

    /** The headers of the response by name in lower case. */
    get responseHeaders(): Record<string, string> {
        return headersOf(this.response);
    }

    /** The body of the response; empty if there is none or it is not valid UTF-8. */
    get responseBody(): string {
        return this.response?.body ?? '';
    }

    /** Returns a description such as `#1 AddImGroup for alice@contoso.com: NoError`. */
    toString(): string {
        const result = this.state === 'answered' ? (this.responseCode ?? `HTTP ${this.status}`) : this.state;
        const fault = this.fault === null ? '' : `, fault ${this.fault}`;
        const early = this.earlyByMilliseconds === null ? '' : `, ${this.earlyByMilliseconds} ms early`;
        return `#${this.id} ${this.operation ?? `${this.method} ${this.path}`} for ${this.mailbox ?? '-'}: ${result}${fault}${early}`;
    }
}

/** Returns `true` if a request has a complete response or has failed. */
export const isComplete = (entry: JournalEntry): boolean => entry.state !== 'arrived';

const headersOf = (message?: Schemas['JournalMessage']): Record<string, string> =>
    Object.fromEntries(Object.entries(message?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
