import type { EwsImRealm } from './realm';

const maxEntries = 100;
const maxBodies = 3;
const maxBodyLength = 4000;

/** Returns the newest requests of a realm, one in a line, and the bodies of the last ones. */
export async function describeJournal(realm: EwsImRealm): Promise<string> {
    try {
        return await describeEntries(realm);
    } catch (error) {
        return `The requests to ${realm.url} cannot be read. ${error instanceof Error ? error.message : error}`;
    }
}

async function describeEntries(realm: EwsImRealm): Promise<string> {
    const entries = await realm.journal.getEntries();
    if (entries.length === 0) return `There were no requests to ${realm.url}.`;
    const lines = [`The requests to ${realm.url}:`];
    if (entries.length > maxEntries) lines.push(`  ${entries.length - maxEntries} older requests are not shown.`);
    lines.push(...entries.slice(-maxEntries).map((entry) => `  ${entry}`));
    for (const entry of entries.slice(-maxBodies))
        lines.push('', `Request #${entry.id}:`, shorten(entry.requestBody), '', `Response #${entry.id}:`, shorten(entry.responseBody));
    return lines.join('\n');
}

const shorten = (body: string): string =>
    body.length <= maxBodyLength ? body || '(empty)' : `${body.slice(0, maxBodyLength)}\n(${body.length - maxBodyLength} more characters)`;
