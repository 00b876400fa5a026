import { signal } from '@preact/signals';

const key = 'Control:Token';

/** The calls that wait for the token; empty unless the service rejected a call with status 401. */
const waiting = signal<(() => void)[]>([]);

/** Returns the token of this browser session. */
export function readToken(): string {
    return sessionStorage.getItem(key) ?? '';
}

/** Returns `true` if the service requires a token that the user has not entered yet. */
export function isTokenRequired(): boolean {
    return waiting.value.length > 0;
}

/** Waits until the user has entered a token. */
export function waitForToken(): Promise<void> {
    return new Promise((resolve) => (waiting.value = [...waiting.value, resolve]));
}

/** Keeps a token for this browser session, and continues the calls that wait for it. */
export function enterToken(token: string): void {
    sessionStorage.setItem(key, token);
    const calls = waiting.value;
    waiting.value = [];
    for (const resume of calls) resume();
}
