import type { JournalEntry } from './journalEntry';
import { describePattern, differencesOf, type RequestPattern } from './requestPattern';

const maxShownRequests = 5;

/** Creates the message of a verification that failed: the expected and the received requests.
 * @param pattern The pattern of the expected requests.
 * @param times The expected number of requests; `undefined` for at least one.
 * @param matches The requests that match the pattern.
 * @param requests All requests of the journal.
 * @param evictedId The id of the newest request that the journal evicted, if it may match the pattern. */
export function verificationMessage(
    pattern: RequestPattern,
    times: number | undefined,
    matches: JournalEntry[],
    requests: JournalEntry[],
    evictedId?: number,
): string {
    const expected = describePattern(pattern, expectedText(times));
    if (evictedId !== undefined && matches.length === times)
        return `Expected ${expected}, but the journal is incomplete. ${evictedText(evictedId)}`;
    const found = `${foundText(matches.length, requests.length)}${matches.length === 0 ? '.' : ':'}`;
    const lines = [`Expected ${expected}, but ${found}`];
    lines.push(...matches.slice(0, maxShownRequests).map((request) => `  ${request}`));
    if (matches.length > maxShownRequests) lines.push(`  and ${matches.length - maxShownRequests} more`);
    if (times === undefined || matches.length < times)
        lines.push(
            ...closestLines(
                pattern,
                requests.filter((request) => !matches.includes(request)),
            ),
        );
    if (evictedId !== undefined) lines.push(evictedText(evictedId));
    return lines.join('\n');
}

const evictedText = (id: number): string =>
    `The requests up to #${id} were evicted and may match. Set Control:JournalEntries and Control:JournalBytes to greater values.`;

function expectedText(times: number | undefined): string {
    if (times === undefined) return 'at least 1 request';
    if (times === 0) return 'no request';
    return times === 1 ? 'exactly 1 request' : `exactly ${times} requests`;
}

function foundText(matches: number, requests: number): string {
    if (requests === 0) return 'the journal is empty';
    if (requests === 1) return `the only request in the journal ${matches === 0 ? 'does not match' : 'matches'}`;
    const part = matches === 0 ? 'none' : `${matches}`;
    return `${part} of the ${requests} requests in the journal ${matches > 1 ? 'match' : 'matches'}`;
}

function closestLines(pattern: RequestPattern, others: JournalEntry[]): string[] {
    const closest = others
        .map((request) => ({ request, differences: differencesOf(pattern, request) }))
        .sort((left, right) => left.differences.length - right.differences.length || right.request.id - left.request.id)
        .slice(0, maxShownRequests)
        .map(({ request, differences }) => {
            const sentences = differences.length === 0 ? ['Its response is not complete yet.'] : differences;
            return `  ${request}. ${sentences.join(' ')}`;
        });
    if (closest.length === 0) return [];
    return [closest.length === 1 ? 'The closest request is:' : 'The closest requests are:', ...closest];
}
