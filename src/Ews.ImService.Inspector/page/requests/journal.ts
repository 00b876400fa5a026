import { computed, effect, signal } from '@preact/signals';
import { call, ControlError, pathOf, type Contract } from '../control/call';
import { followEvents, type JournalChanges, type JournalEntry } from '../control/stream';
import { hashOf, replace, route } from '../state/route';
import { EntryList } from './entryList';
import { filterOf, parametersOf, withFilters, type FilterName } from './requestFilter';

const pageSize = 500;

const live = signal(new EntryList());
const paused = signal<EntryList | undefined>(undefined);

/** Changes when the entries change, which are not signals: a list of 10,000 entries is not copied for one more. */
const version = signal(0);

/** `true` if the list shows the entries of the time when it was paused. */
export const isPaused = computed(() => paused.value !== undefined);

/** `true` until the first event for the current filter. */
export const isLoading = signal(true);

const filterText = signal('');

/** The filter of the list. It remains in effect while other views are open. */
export const filter = computed(() => new URLSearchParams(filterText.value));

/** Changes filters in the location of the page. An empty value removes a filter. */
export function setFilters(values: Partial<Record<FilterName, string>>): void {
    replace(hashOf('requests', route.value.names, withFilters(filter.value, values)));
}

/** Changes a filter in the location of the page. */
export function setFilter(name: FilterName, value: string): void {
    setFilters({ [name]: value });
}

/** Returns the entries that the list shows. */
export function shownEntries(): EntryList {
    version.value;
    return paused.value ?? live.value;
}

/** Follows the journal. The list keeps its entries until the first event for another filter. */
export function followJournal(): void {
    effect(() => {
        if (route.value.view === 'requests' || route.value.view === '') filterText.value = filterOf(route.value.query).toString();
    });
    effect(() => {
        filter.value;
        paused.value = undefined;
        isLoading.value = true;
    });
    followEvents(
        computed(() => parametersOf(filter.value)),
        receive,
    );
}

function receive(changes: JournalChanges): void {
    live.value.apply(changes);
    isLoading.value = false;
    version.value++;
}

/** Stops or resumes updates of the list. The entries that arrive in the meantime are shown when it is resumed. */
export function pause(isWanted: boolean): void {
    paused.value = isWanted ? live.value.copy() : undefined;
}

/** Returns the number of entries that arrived while the list is paused. */
export function newEntries(): number {
    version.value;
    return live.value.arrived - (paused.value ?? live.value).arrived;
}

/** Reads a page of older entries. */
export async function loadOlder(): Promise<void> {
    const list = paused.value ?? live.value;
    const { end } = list;
    const query = { ...parametersOf(filter.value), before: end.id, limit: pageSize };
    const { entries } = await call<Contract['JournalPage']>('GET', 'journal', { query });
    list.addOlder(entries, end, entries.length < pageSize);
    version.value++;
}

/** Reads an entry with headers and bodies. Returns `null` if the journal does not contain it any more. */
export async function readEntry(id: number, signal: AbortSignal): Promise<JournalEntry | null> {
    try {
        return await call('GET', pathOf('journal', id), { signal });
    } catch (reason) {
        if (reason instanceof ControlError && reason.status === 404) return null;
        throw reason;
    }
}

/** Sends the request of an entry again. Returns the entry of the new request. */
export function replay(id: number): Promise<JournalEntry> {
    return call('POST', pathOf('journal', id, 'replay'));
}

/** Deletes all entries. */
export function clearJournal(): Promise<void> {
    return call('DELETE', 'journal');
}
