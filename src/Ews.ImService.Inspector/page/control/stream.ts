import { effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import type { EventSourceMessage } from 'eventsource-client';
import { showError, withdrawError } from '../state/messages';
import { errorOf, isRealmGone, send, unreachable, urlOf, type Contract } from './call';
import { everything, reportChange } from './changes';
import { connect, type Connection } from './connection';
import { takePlace } from './place';
import { isRealmMissing } from './realm';
import { isShown } from './visibility';

export type JournalEntry = Contract['JournalEntry'];
export type JournalMessage = Contract['JournalMessage'];
export type JournalChanges = Contract['JournalChanges'];

/** The maximum number of entries in one event. */
const limit = 500;

/** The time for which the stream of the previous filter remains open when the next one is open: it can have changes to report. */
const overlapMilliseconds = 1000;

/** The time after which the page states that it waits for other pages. */
const noticeDelayMilliseconds = 1000;

/** The state of the stream: it waits for other pages of the browser, and stops if the service rejects it. */
export const streamState = signal<'live' | 'reconnecting' | 'waiting' | 'stopped'>('reconnecting');

/** `true` if the page can have a stream. */
const hasPlace = signal(false);

/** The last problem that was shown, which each attempt to connect can cause. */
let shownProblem = '';

/** Follows the events of the realm while the page is visible. A stream continues after the last event of the stream before it. Another
 * filter opens another stream. */
export function followEvents(filter: ReadonlySignal<Record<string, string>>, onJournal: (changes: JournalChanges) => void): void {
    effect(() => {
        if (isShown.value && !isRealmMissing.value) return keepPlace();
    });
    const streams = new Streams(onJournal);
    effect(() => {
        const url = urlOf('events', { ...filter.value, limit });
        streams.select(url);
        if (hasPlace.value) return untracked(() => streams.open());
    });
}

function keepPlace(): () => void {
    const timer = setTimeout(() => (streamState.value = 'waiting'), noticeDelayMilliseconds);
    const release = takePlace(() => {
        clearTimeout(timer);
        if (streamState.value === 'waiting') streamState.value = 'reconnecting';
        hasPlace.value = true;
    });
    return () => {
        clearTimeout(timer);
        hasPlace.value = false;
        release();
    };
}

/** The streams of a page: one, or two for a short time after the filter was changed. */
class Streams {
    /** The open stream of the previous filter, which reports the changes of the realm until the current one is open. */
    private previous: Connection | undefined;
    private url = '';
    private lastEventId: string | undefined;

    constructor(private readonly onJournal: (changes: JournalChanges) => void) {}

    /** Selects the stream to open. */
    select(url: string): void {
        if (url !== this.url) this.lastEventId = undefined;
        this.url = url;
    }

    /** Opens the stream. Returns a function that closes it. */
    open(): () => void {
        let isCurrent = true;
        let isOpen = false;
        const connection: Connection = connect(this.url, this.lastEventId, {
            fetch: async (target, init) => {
                const response = await send(target, init);
                if (!response.ok) throw await this.fail(response, connection, isCurrent);
                shownProblem = '';
                withdrawError(unreachable);
                isOpen = true;
                if (isCurrent) streamState.value = 'live';
                if (!isCurrent || !this.previous) reportChange(everything);
                if (isCurrent) this.closePrevious(overlapMilliseconds);
                return response;
            },
            onLost: () => {
                isOpen = false;
                if (isCurrent && streamState.value === 'live') streamState.value = 'reconnecting';
            },
            onEvent: (event) => this.receive(event, isCurrent),
        });
        return () => {
            isCurrent = false;
            this.lastEventId = connection.lastEventId();
            if (isOpen) this.closePrevious();
            if (isOpen && hasPlace.peek()) this.previous = connection;
            else connection.close();
            if (!hasPlace.peek()) this.closePrevious();
        };
    }

    private receive({ event, data }: EventSourceMessage, isCurrent: boolean): void {
        if (event === 'journal' && isCurrent) this.onJournal(JSON.parse(data));
        else if (event === 'changed') reportChange(JSON.parse(data));
        else if (event === 'deleted') isRealmMissing.value = true;
    }

    private async fail(response: Response, connection: Connection, isCurrent: boolean): Promise<Error> {
        const problem = errorOf(response.status, await response.text());
        if (problem.status === 404 && (await isRealmGone())) return problem;
        if (problem.message !== shownProblem) showError(problem);
        shownProblem = problem.message;
        if (problem.status === 400) {
            connection.close();
            if (isCurrent) streamState.value = 'stopped';
        }
        return problem;
    }

    private closePrevious(delayMilliseconds = 0): void {
        const { previous } = this;
        this.previous = undefined;
        if (previous) setTimeout(previous.close, delayMilliseconds);
    }
}
