import type { components } from '../../../ews-im-npm/source/contract';
import { isRealmMissing, pagePathOf, realmOf } from './realm';
import { readToken, waitForToken } from './token';

/** The records of the control API. */
export type Contract = components['schemas'];

type Query = Record<string, string | number | boolean | null | undefined>;

interface CallOptions {
    query?: Query;
    body?: unknown;
    signal?: AbortSignal;
    /** `true` if the call does not depend on the realm of the page. */
    isInDefaultRealm?: boolean;
}

/** The error of a call without a response. */
export const unreachable = 'The service cannot be reached.';

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
        const response = await fetchOrExplain(url, { ...init, headers });
        if (response.status !== 401) return response;
        if (token === readToken()) await waitForToken();
    }
}

/** Calls the control API. A string is sent as it is; another body as JSON. Returns the result; `undefined` if the call has none. */
export async function call<T = void>(method: string, path: string, options: CallOptions = {}): Promise<T> {
    const { query, body, signal = null, isInDefaultRealm } = options;
    if (isRealmMissing.value && !isInDefaultRealm) return noResult();
    const url = urlOf(path, query);
    const response = await send(isInDefaultRealm ? pagePathOf('', location.pathname) + url : url, {
        method,
        signal,
        body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    if (response.status === 404 && !isInDefaultRealm && (await isRealmGone())) return noResult();
    if (!response.ok) throw errorOf(response.status, text);
    return (text ? JSON.parse(text) : undefined) as T;
}

/** Determines whether the realm of the page exists. If it does not, the page shows only this. */
export async function isRealmGone(): Promise<boolean> {
    const name = realmOf(location.pathname);
    if (!name || isRealmMissing.value) return isRealmMissing.value;
    const { realms } = await call<Contract['RealmList']>('GET', 'realms', { isInDefaultRealm: true });
    isRealmMissing.value = !realms.includes(name);
    return isRealmMissing.value;
}

/** The components that wait for a call in a missing realm are removed from the page. */
function noResult<T>(): Promise<T> {
    return new Promise(() => {});
}

async function fetchOrExplain(url: string, init: RequestInit): Promise<Response> {
    try {
        return await fetch(url, init);
    } catch (reason) {
        if (init.signal?.aborted) throw reason;
        throw new Error(unreachable, { cause: reason });
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
