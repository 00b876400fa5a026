import { signal } from '@preact/signals';

const prefix = /\/realms\/([^/]+)\/$/i;

/** `true` if the realm of the page does not exist, or was deleted. The page makes no further calls in it. */
export const isRealmMissing = signal(false);

/** Returns the name of the realm of a page; the name of the default realm is empty. */
export function realmOf(path: string): string {
    return decodeURIComponent(prefix.exec(path)?.[1] ?? '');
}

/** Returns the path of the page of a realm, given the path of another page. */
export function pagePathOf(realm: string, path: string): string {
    const root = path.replace(prefix, '/');
    return realm ? `${root}realms/${encodeURIComponent(realm)}/` : root;
}

/** Returns the URL that EWS clients use in the realm of this page. */
export function ewsUrl(): string {
    return new URL('EWS/Exchange.asmx', location.origin + location.pathname).href;
}
