import { isMissing, isSuccess, type ControlClient } from './controlClient';
import { EwsImVerificationError } from './errors';
import { JournalEntry, isComplete } from './journalEntry';
import { watchJournal } from './journalWatch';
import { differencesOf, patternOf, type RequestPattern, type RequestSelector } from './requestPattern';
import type { Schemas } from './schemas';
import { now } from './time';
import { verificationMessage } from './verificationMessage';

const defaultTimeoutMilliseconds = 5000;

/** The maximum time of one control call that waits. */
const maxWaitMilliseconds = 600_000;

/** The journal at one time. */
interface Page {
    version: number;
    entries: JournalEntry[];
    /** The id of the newest request that was evicted because of the limits of the journal; 0 if none was. */
    evictedThroughId: number;
}

/** The journal of a realm: the requests that it received, from their arrival on, and their responses. */
export class EwsImJournal {
    /** @internal */
    constructor(private readonly control: ControlClient) {}

    /** Returns the requests in the order of their arrival, with headers and bodies. */
    async getEntries(): Promise<JournalEntry[]> {
        return (await this.read()).entries;
    }

    /** Deletes all requests from the journal. Ids continue with the next number. */
    async clear(): Promise<void> {
        await this.control.send('DELETE', 'journal');
    }

    /** Verifies that the realm received requests.
     * @param selector The requests: a pattern, a condition, or an EWS operation such as `AddImGroup`.
     * @param times The exact number of requests; the default is at least one.
     * @returns The matching requests. If their number is different, or unknown because the journal evicted requests, an
     * {@link EwsImVerificationError} shows the closest requests. */
    async shouldHaveReceived(selector: RequestSelector, times?: number): Promise<JournalEntry[]> {
        const expected = patternOf(selector);
        const page = await this.read();
        await this.verifyOperation(expected, page.entries);
        const matches = page.entries.filter((entry) => differencesOf(expected, entry).length === 0);
        const evictedId = evictedIdOf(page, expected);
        if (times === undefined ? matches.length > 0 : matches.length === times && evictedId === undefined) return matches;
        throw new EwsImVerificationError(verificationMessage(expected, times, matches, page.entries, evictedId));
    }

    /** Verifies that the realm received no request that matches.
     * @param selector The requests: a pattern, a condition, or an EWS operation such as `AddImGroup`. */
    async shouldNotHaveReceived(selector: RequestSelector): Promise<void> {
        await this.shouldHaveReceived(selector, 0);
    }

    /** Waits until a matching request has a complete response or has failed. A request that is already in the journal matches too.
     * @param selector The request: a pattern, a condition, or an EWS operation such as `AddImGroup`.
     * @param timeoutMilliseconds The maximum time to wait; the default is 5000. It ends with an {@link EwsImVerificationError}.
     * @returns The first matching request. */
    async waitFor(selector: RequestSelector, timeoutMilliseconds = defaultTimeoutMilliseconds): Promise<JournalEntry> {
        return this.wait(patternOf(selector), isComplete, timeoutMilliseconds);
    }

    /** Waits until a matching request has arrived and its operation is known. Its response may not be complete yet.
     * @param selector The request: a pattern, a condition, or an EWS operation such as `AddImGroup`.
     * @param timeoutMilliseconds The maximum time to wait; the default is 5000. It ends with an {@link EwsImVerificationError}.
     * @returns The first matching request. */
    async waitForArrival(selector: RequestSelector, timeoutMilliseconds = defaultTimeoutMilliseconds): Promise<JournalEntry> {
        return this.wait(patternOf(selector), (entry) => isComplete(entry) || entry.operation !== null, timeoutMilliseconds);
    }

    /** Sends a request of the journal again, as the same user.
     * @param id The id of the request.
     * @param timeoutMilliseconds The time after which the client of the new request disconnects; the default is 30000.
     * @returns The new request. Fault rules apply to it. */
    async replay(id: number, timeoutMilliseconds = 30_000): Promise<JournalEntry> {
        const path = `journal/${id}/replay?timeoutMilliseconds=${timeoutMilliseconds}`;
        return new JournalEntry(await this.control.send<Schemas['JournalEntry']>('POST', path, undefined, timeoutMilliseconds));
    }

    /** Returns the matching requests, each once, when they have a complete response or have failed: those in the journal, then further
     * ones. The iteration ends when the realm is deleted or the server is stopped.
     * @param selector The requests: a pattern, a condition, or an EWS operation such as `AddImGroup`; the default is all.
     * @param signal A signal that ends the iteration with an error. */
    watch(selector: RequestSelector = {}, signal?: AbortSignal): AsyncGenerator<JournalEntry, void> {
        return watchJournal(this.control, patternOf(selector), signal);
    }

    private async wait(
        pattern: RequestPattern,
        isFound: (entry: JournalEntry) => boolean,
        timeoutMilliseconds: number,
    ): Promise<JournalEntry> {
        const end = now() + timeoutMilliseconds;
        let page = await this.read();
        await this.verifyOperation(pattern, page.entries);
        for (;;) {
            const found = page.entries.find((entry) => isFound(entry) && differencesOf(pattern, entry).length === 0);
            if (found) return found;
            const left = Math.ceil(end - now());
            if (left <= 0) {
                const message = verificationMessage(pattern, undefined, [], page.entries, evictedIdOf(page, pattern));
                throw new EwsImVerificationError(`The timeout of ${timeoutMilliseconds} ms expired. ${message}`);
            }
            page = await this.waitForChange(page, Math.min(left, maxWaitMilliseconds));
        }
    }

    private async read(): Promise<Page> {
        return pageOf(await this.control.send<Schemas['JournalPage']>('GET', 'journal?bodies=true'));
    }

    /** Returns the journal as soon as it changes, or the same page when the timeout expires. */
    private async waitForChange(page: Page, timeoutMilliseconds: number): Promise<Page> {
        const path = `journal/wait?bodies=true&count=0&version=${page.version}&timeoutMilliseconds=${timeoutMilliseconds}`;
        const response = await this.control.trySendToExisting('GET', path, { waitMilliseconds: timeoutMilliseconds });
        if (response.status === 504) return page;
        if (isMissing(response)) throw this.control.deletionError();
        if (!isSuccess(response)) throw this.control.errorOf('GET', path, response);
        return pageOf(JSON.parse(response.text));
    }

    /** Rejects an unknown operation, which no request can match. The server validates the name. */
    private async verifyOperation({ operation }: RequestPattern, entries: JournalEntry[]): Promise<void> {
        if (operation === undefined || entries.some((entry) => entry.operation === operation)) return;
        await this.control.send('GET', `journal/count?operation=${encodeURIComponent(operation)}`);
    }
}

const pageOf = ({ version, entries, evictedThroughId = 0 }: Schemas['JournalPage']): Page => ({
    version,
    entries: entries.map((entry) => new JournalEntry(entry)),
    evictedThroughId,
});

/** Returns the id of the newest request that was evicted, if it may match a pattern. */
const evictedIdOf = ({ evictedThroughId }: Page, { afterId = 0 }: RequestPattern): number | undefined =>
    evictedThroughId > afterId ? evictedThroughId : undefined;
