import type { JournalEntry } from '../control/stream';

/** Returns the time of day with milliseconds. */
export function timeText(time: string): string {
    return new Date(time).toISOString().slice(11, 23);
}

/** Returns the operation or, if it is unknown, the method and path of the request. */
export function operationText(entry: JournalEntry): string {
    return entry.operation ?? `${entry.method} ${entry.path}`;
}

/** Returns the result: the response code, or the HTTP status of a response without one. */
export function responseText(entry: JournalEntry): string {
    if (entry.state === 'arrived') return 'in progress';
    const result = entry.responseCode ?? (entry.status === null ? '' : `HTTP ${entry.status}`);
    return entry.state === 'failed' ? ['no response', result].filter(Boolean).join(', ') : result;
}

/** Returns `true` if the request has no successful response. */
export function isError(entry: JournalEntry): boolean {
    return entry.state === 'failed' || (entry.responseCode ?? 'NoError') !== 'NoError' || (entry.status ?? 0) >= 400;
}

/** Returns a text for a request that arrived before the end of a back-off; otherwise, an empty text. */
export function earlyText(entry: JournalEntry): string {
    return entry.earlyByMilliseconds === null ? '' : `early by ${Math.round(entry.earlyByMilliseconds)} ms`;
}
