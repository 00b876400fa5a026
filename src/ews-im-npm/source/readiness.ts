import { setTimeout as delay } from 'node:timers/promises';
import type { ControlConnection } from './controlConnection';
import { EwsImServerError } from './errors';

const pollMilliseconds = 50;

/** Waits until a server is ready. */
export async function waitUntilReady(connection: ControlConnection, timeoutMilliseconds: number): Promise<void> {
    const end = performance.now() + timeoutMilliseconds;
    for (;;) {
        const reason = await findReason(connection, AbortSignal.timeout(Math.max(1, Math.ceil(end - performance.now()))));
        if (reason === undefined) return;
        if (performance.now() >= end) throw new EwsImServerError(`The server was not ready within ${timeoutMilliseconds} ms. ${reason}`);
        await delay(pollMilliseconds);
    }
}

/** Returns the reason why a server is not ready; `undefined` if it is ready. */
async function findReason(connection: ControlConnection, signal: AbortSignal): Promise<string | undefined> {
    try {
        const { status } = await connection.send('', 'GET', '/readyz', undefined, signal);
        if (status === 200) return undefined;
        if (status === 503) return 'The server is starting.';
        return `The server at ${connection.root} responds with HTTP status ${status}, and may be another service.`;
    } catch (error) {
        if (signal.aborted) return `The server at ${connection.root} does not respond.`;
        if (error instanceof EwsImServerError) return error.message;
        throw error;
    }
}
