/** The places of pages with an event stream. Browsers open six connections to a server at most; the others remain for calls. */
const places = ['events-1', 'events-2', 'events-3', 'events-4'];

/** Waits for a place, in competition with the other pages of this server. Returns a function that releases it, or stops waiting.
 * Without HTTPS, browsers have no locks for pages of other machines; then there is a place for each page. */
export function takePlace(onTaken: () => void): () => void {
    const end = new AbortController();
    let release: (() => void) | undefined;

    function take(): Promise<void> | undefined {
        if (end.signal.aborted) return undefined;
        end.abort(); // Other places are not needed.
        onTaken();
        return new Promise((resolve) => (release = resolve));
    }

    function ignoreEnd(reason: unknown): void {
        if (!end.signal.aborted) throw reason;
    }

    if (!navigator.locks) onTaken();
    else for (const place of places) navigator.locks.request(place, { signal: end.signal }, take).catch(ignoreEnd);
    return () => {
        end.abort();
        release?.();
    };
}
