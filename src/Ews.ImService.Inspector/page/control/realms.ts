import { call, pathOf, type Contract } from './call';

/** The calls for realms do not depend on the realm of the page, which can be missing. */
const inDefaultRealm = { isInDefaultRealm: true };

/** Lists the names of the realms. */
export async function listRealms(): Promise<string[]> {
    return (await call<Contract['RealmList']>('GET', 'realms', inDefaultRealm)).realms;
}

/** Creates a realm. */
export function createRealm(name: string): Promise<void> {
    return call('PUT', pathOf('realms', name), inDefaultRealm);
}

/** Deletes a realm. */
export function deleteRealm(name: string): Promise<void> {
    return call('DELETE', pathOf('realms', name), inDefaultRealm);
}
