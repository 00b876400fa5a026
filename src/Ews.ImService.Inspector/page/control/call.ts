import type { components } from './contract';
import { readToken, waitForToken } from './token';

/** The records of the control API. */
export type Contract = components['schemas'];

type Query = Record<string, string | number | boolean | null | undefined>;

/** A call that the service rejected. */
export class ControlError extends Error {
    constructor(
        readonly status: number,
        message: string,
        readonly problems: string[] = [message],
    ) {
        super(message);
    }
}

/** Returns the URL of a call in the realm of the page. Parameters without a value are omitted. */
export function urlOf(path: string, query: Query = {}): string {
    const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
    const parameters = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
    return `_control/v1/${path}${parameters.size > 0 ? `?${parameters}` : ''}`;
}

/** Returns a path whose names are escaped, such as `realms/NAME`. */
export function pathOf(...names: (string | number)[]): string {
    return names.map(encodeURIComponent).join('/');
}

/** Sends a request with the token. If the service requires another token, the request is repeated once the user has entered it. */
export async function send(url: string, init: RequestInit = {}): Promise<Response> {
    for (;;) {
        const token = readToken();
        const headers = new Headers(init.headers);
        if (token) headers.set('Authorization', `Bearer ${token}`);
        const response = await fetch(url, { ...init, headers });
        if (response.status !== 401) return response;
        if (token === readToken()) await waitForToken();
    }
}

/** Calls the control API. A string is sent as it is; another body as JSON. Returns the result; `undefined` if the call has none. */
export async function call<T = void>(method: string, path: string, options: { query?: Query; body?: unknown } = {}): Promise<T> {
    const { query, body } = options;
    const response = await sendOrExplain(urlOf(path, query), {
        method,
        body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw errorOf(response.status, text);
    return (text ? JSON.parse(text) : undefined) as T;
}

async function sendOrExplain(url: string, init: RequestInit): Promise<Response> {
    try {
        return await send(url, init);
    } catch (reason) {
        throw new Error('The service cannot be reached.', { cause: reason });
    }
}

/** Returns the error of a response: the details of its problem document, if it is one. */
export function errorOf(status: number, text: string): ControlError {
    try {
        const problem = JSON.parse(text) as Contract['ControlProblem'];
        return new ControlError(status, problem.detail, problem.problems);
    } catch {
        return new ControlError(status, `The service responded with status ${status}.`);
    }
}
