import { createEventSource, type EventSourceClient, type EventSourceMessage } from 'eventsource-client';

/** The time without an event, not even a ping, after which the connection is replaced. */
const silenceMilliseconds = 40_000;

/** A connection that receives events. */
export interface Connection {
    /** The id of the last event, which the next connection continues. */
    lastEventId: () => string | undefined;
    close: () => void;
}

interface Listener {
    /** Connects; an error causes another attempt. */
    fetch: (url: string, init?: RequestInit) => Promise<Response>;
    onEvent: (event: EventSourceMessage) => void;
    /** The connection was lost, or could not be opened. */
    onLost: () => void;
}

/** Opens a connection. If it is lost, it is opened again, and continues after the last event. */
export function connect(url: string, lastEventId: string | undefined, listener: Listener): Connection {
    let source: EventSourceClient;
    let watchdog: ReturnType<typeof setTimeout>;

    function open(continued: string | undefined): void {
        source = createEventSource({
            url: new URL(url, document.baseURI),
            initialLastEventId: continued,
            fetch: (target, init) => listener.fetch(String(target), init),
            onMessage: receive,
            onScheduleReconnect: listener.onLost,
        });
        expectEvent();
    }

    function receive(event: EventSourceMessage): void {
        expectEvent();
        listener.onEvent(event);
    }

    function expectEvent(): void {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => {
            listener.onLost();
            source.close();
            open(source.lastEventId);
        }, silenceMilliseconds);
    }

    function close(): void {
        clearTimeout(watchdog);
        source.close();
    }

    open(lastEventId);
    return { lastEventId: () => source.lastEventId, close };
}
