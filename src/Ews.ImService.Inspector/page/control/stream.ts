import { signal } from '@preact/signals';
import { createEventSource, type EventSourceClient, type EventSourceMessage } from 'eventsource-client';
import { showError } from '../state/messages';
import { errorOf, send, urlOf, type Contract } from './call';
import { everything, reportChange } from './changes';

export type JournalEntry = Contract['JournalEntry'];
export type JournalMessage = Contract['JournalMessage'];

/** The changes of the journal since the previous event, for the filter of the stream. */
export interface JournalEvent {
    /** `true` if the entries replace those that are known. */
    reset: boolean;
    /** The id of the oldest entry in the journal, regardless of the filter. */
    firstId: number;
    lastId: number;
    /** The number of matching entries that were left out because there are too many. */
    skipped: number;
    entries: JournalEntry[];
    removed: number[];
}

/** The maximum number of entries in one event. */
const limit = 500;

/** The time without an event, not even a ping, after which the connection is replaced. */
const silenceMilliseconds = 40_000;

/** `true` while the stream is connected. */
export const isConnected = signal(false);

/** Opens the stream of events with a filter of the journal. It reconnects by itself, and continues after the last event that it received.
 * Returns a function that closes it. */
export function openStream(filter: URLSearchParams, onJournal: (event: JournalEvent) => void): () => void {
    const url = urlOf('events', { ...Object.fromEntries(filter), limit });
    let source: EventSourceClient;
    let watchdog: ReturnType<typeof setTimeout>;

    function connect(lastEventId?: string): void {
        source = createEventSource({
            url: new URL(url, document.baseURI),
            initialLastEventId: lastEventId,
            fetch: connectOrFail,
            onMessage: receive,
            onScheduleReconnect: () => (isConnected.value = false),
        });
        expectEvent();
    }

    async function connectOrFail(target: string | URL, init?: RequestInit): Promise<Response> {
        const response = await send(String(target), init);
        if (!response.ok) {
            const problem = errorOf(response.status, await response.text());
            showError(problem);
            throw problem;
        }
        isConnected.value = true;
        reportChange(everything);
        return response;
    }

    function receive(message: EventSourceMessage): void {
        expectEvent();
        if (message.event === 'journal') onJournal(JSON.parse(message.data));
        else if (message.event === 'changed') reportChange(JSON.parse(message.data));
    }

    function expectEvent(): void {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => {
            isConnected.value = false;
            source.close();
            connect(source.lastEventId);
        }, silenceMilliseconds);
    }

    connect();
    return () => {
        clearTimeout(watchdog);
        source.close();
    };
}
