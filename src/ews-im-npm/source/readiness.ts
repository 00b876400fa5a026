import type { ControlConnection } from './controlConnection';
import { EwsImServerError } from './errors';
import { delay, now } from './time';

const pollMilliseconds = 50;

/** The time that an attempt has at least, so that the reason of the last one is meaningful. */
const minAttemptMilliseconds = 50;

/** Waits until a server is ready. */
export async function waitUntilReady(connection: ControlConnection, timeoutMilliseconds: number): Promise<void> {
    const end = now() + timeoutMilliseconds;
    for (;;) {
        const reason = await findReason(connection, AbortSignal.timeout(Math.max(1, Math.ceil(end - now()))));
        if (reason === undefined) return;
        if (now() + pollMilliseconds + minAttemptMilliseconds >= end)
            throw new EwsImServerError(`The server was not ready within ${timeoutMilliseconds} ms. ${reason}`);
        await delay(pollMilliseconds);
    }
}

/** Returns the reason why a server is not ready; `undefined` if it is ready. */
async function findReason(connection: ControlConnection, signal: AbortSignal): Promise<string | undefined> {
    try {
        const { status, text } = await connection.send('', 'GET', '/readyz', { signal });
        if (status === 200 && text === 'ready\n') return undefined;
        if (status === 503 && text === 'starting\n') return 'The server is starting.';
        return `The server at ${connection.root} responds with HTTP status ${status}, and may be another service.`;
    } catch (error) {
        if (signal.aborted) return `The server at ${connection.root} does not respond.`;
        if (error instanceof EwsImServerError) return error.message;
        throw error;
    }
}
