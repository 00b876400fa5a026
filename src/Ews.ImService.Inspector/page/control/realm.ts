import { call, pathOf, type Contract } from './call';

const prefix = /\/realms\/([^/]+)\/$/;

/** Returns the name of the realm of a page; the name of the default realm is empty. */
export function realmOf(path: string): string {
    return decodeURIComponent(prefix.exec(path)?.[1] ?? '');
}

/** Returns the path of the page of a realm, given the path of another page. */
export function pagePathOf(realm: string, path: string): string {
    const root = path.replace(prefix, '/');
    return realm ? `${root}${pathOf('realms', realm)}/` : root;
}

/** Returns the URL that EWS clients use in the realm of this page. */
export function ewsUrl(): string {
    return new URL('EWS/Exchange.asmx', location.origin + location.pathname).href;
}

/** Lists the names of the realms. */
export async function listRealms(): Promise<string[]> {
    return (await call<Contract['RealmList']>('GET', 'realms')).realms;
}

/** Creates a realm. */
export function createRealm(name: string): Promise<void> {
    return call('PUT', pathOf('realms', name));
}

/** Deletes a realm. */
export function deleteRealm(name: string): Promise<void> {
    return call('DELETE', pathOf('realms', name));
}
