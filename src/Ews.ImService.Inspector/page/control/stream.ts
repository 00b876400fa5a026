import { signal } from '@preact/signals';
import { createEventSource, type EventSourceClient, type EventSourceMessage } from 'eventsource-client';
import { showError } from '../state/messages';
import { errorOf, send, urlOf, type Contract } from './call';
import { everything, reportChange } from './changes';

export type JournalEntry = Contract['JournalEntry'];
export type JournalMessage = Contract['JournalMessage'];
export type JournalChanges = Contract['JournalChanges'];

/** The maximum number of entries in one event. */
const limit = 500;

/** The time without an event, not even a ping, after which the connection is replaced. */
const silenceMilliseconds = 40_000;

/** The state of the stream: it stops if the service rejects the filter. */
export const streamState = signal<'live' | 'reconnecting' | 'stopped'>('reconnecting');

/** Opens the stream of events with a filter of the journal. It reconnects by itself, and continues after the last event that it received.
 * Returns a function that closes it. */
export function openStream(filter: URLSearchParams, onJournal: (changes: JournalChanges) => void): () => void {
    const url = urlOf('events', { ...Object.fromEntries(filter), limit });
    let source: EventSourceClient;
    let watchdog: ReturnType<typeof setTimeout>;

    function connect(lastEventId?: string): void {
        source = createEventSource({
            url: new URL(url, document.baseURI),
            initialLastEventId: lastEventId,
            fetch: connectOrFail,
            onMessage: receive,
            onScheduleReconnect: () => (streamState.value = 'reconnecting'),
        });
        expectEvent();
    }

    async function connectOrFail(target: string | URL, init?: RequestInit): Promise<Response> {
        const response = await send(String(target), init);
        if (!response.ok) {
            const problem = errorOf(response.status, await response.text());
            showError(problem);
            if (response.status === 400) stop();
            throw problem;
        }
        streamState.value = 'live';
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
            streamState.value = 'reconnecting';
            source.close();
            connect(source.lastEventId);
        }, silenceMilliseconds);
    }

    function close(): void {
        clearTimeout(watchdog);
        source.close();
    }

    function stop(): void {
        streamState.value = 'stopped';
        close();
    }

    connect();
    return close;
}
