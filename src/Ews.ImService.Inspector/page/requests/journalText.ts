import { count } from '../ui/count';
import type { EntryList } from './entryList';

/** Returns the number of requests in a list and, if the journal does not contain all requests of the realm, their number. */
export function countText(list: EntryList, isFiltered: boolean): string {
    const number = list.length + list.older;
    const requests = count(number, 'request');
    if (list.firstId <= 1 || number === 0) return requests;
    const all = list.lastId.toLocaleString('en');
    return isFiltered ? `${requests} among the newest of ${all}` : `the newest ${number.toLocaleString('en')} of ${all} requests`;
}

/** Returns the range of the requests that the journal does not contain any more; an empty text if it contains all. */
export function missingText({ firstId }: EntryList): string {
    if (firstId <= 1) return '';
    const range = firstId === 2 ? 'Request 1 is' : `Requests 1 to ${(firstId - 1).toLocaleString('en')} are`;
    return `${range} no longer in the journal.`;
}

/** The reason for which requests are missing. */
export const missingReason = 'Requests were deleted, or evicted by the limits Control:JournalEntries and Control:JournalBytes';
