import type { JournalChanges, JournalEntry } from '../control/stream';

/** The end of a list, where older entries are added. */
export interface ListEnd {
    generation: number;
    id: number | undefined;
}

/** The journal entries that the page knows, in the order of arrival. Changes take time for their own entries only. */
export class EntryList {
    /** The number of matching entries in the journal that are older than those in the list. */
    older = 0;

    /** The number of entries that were added since the list was created. */
    arrived = 0;

    /** The oldest id in the journal, and the last id, including entries that do not match. */
    firstId = 1;
    lastId = 0;

    /** Changes when the entries are replaced. */
    private generation = 0;

    constructor(private entries: JournalEntry[] = []) {}

    get length(): number {
        return this.entries.length;
    }

    /** Returns an entry; 0 is the newest. */
    at(index: number): JournalEntry | undefined {
        return this.entries[this.entries.length - 1 - index];
    }

    /** Returns the index of an entry, or that of the next older one if the list does not contain it. */
    indexOf(id: number): number {
        const end = this.firstAfter(id);
        return this.entries.length - end;
    }

    /** Returns the entry with an id. */
    find(id: number): JournalEntry | undefined {
        const entry = this.entries[this.firstAfter(id) - 1];
        return entry?.id === id ? entry : undefined;
    }

    /** Returns the different values of a property, in ordinal order. */
    valuesOf(name: 'operation' | 'mailbox' | 'responseCode' | 'status'): string[] {
        const values = new Set(this.entries.map((entry) => entry[name]));
        return [...values]
            .filter((value) => value !== null)
            .map(String)
            .sort();
    }

    /** Returns the position at which `addOlder` adds entries. */
    get end(): ListEnd {
        return { generation: this.generation, id: this.entries[0]?.id };
    }

    /** Returns an independent list with the same entries. */
    copy(): EntryList {
        const list = new EntryList([...this.entries]);
        const { older, arrived, firstId, lastId } = this;
        return Object.assign(list, { older, arrived, firstId, lastId });
    }

    /** Applies changes of the journal. */
    apply(changes: JournalChanges): void {
        const newest = changes.reset ? 0 : (this.at(0)?.id ?? 0);
        this.arrived += changes.skipped + changes.entries.filter((entry) => entry.id > newest).length;
        this.firstId = changes.firstId;
        this.lastId = changes.lastId;
        if (changes.reset) {
            this.replace(changes.entries);
            this.older = changes.skipped;
        } else if (changes.skipped > 0) {
            // Entries between the known ones and the new ones are missing; older entries are read when they are needed.
            this.older += this.entries.length + changes.skipped;
            this.replace(changes.entries);
        } else {
            for (const entry of changes.entries) this.put(entry);
        }
        for (const id of changes.removed) this.remove(id);
        this.evict(changes.firstId);
    }

    /** Adds the entries before a position. They are ignored if the list does not end there any more. */
    addOlder(page: JournalEntry[], { generation, id }: ListEnd, isLast: boolean): void {
        if (generation !== this.generation || id !== this.entries[0]?.id) return;
        this.entries = page.concat(this.entries);
        this.older = isLast ? 0 : Math.max(0, this.older - page.length);
    }

    private replace(entries: JournalEntry[]): void {
        this.entries = entries;
        this.generation++;
    }

    private put(entry: JournalEntry): void {
        const end = this.firstAfter(entry.id);
        if (this.entries[end - 1]?.id === entry.id) this.entries[end - 1] = entry;
        else if (end === 0 && this.older > 0) this.older++;
        else this.entries.splice(end, 0, entry);
    }

    private remove(id: number): void {
        const end = this.firstAfter(id);
        if (this.entries[end - 1]?.id === id) this.entries.splice(end - 1, 1);
    }

    /** Removes the entries that the journal no longer contains. */
    private evict(firstId: number): void {
        const evicted = this.firstAfter(firstId - 1);
        if (evicted > 0) this.entries.splice(0, evicted);
        const oldest = this.entries[0]?.id ?? firstId;
        this.older = Math.min(this.older, Math.max(0, oldest - firstId));
    }

    /** Returns the position of the first entry with a greater id. */
    private firstAfter(id: number): number {
        let [low, high] = [0, this.entries.length];
        while (low < high) {
            const middle = (low + high) >> 1;
            if (this.entries[middle]!.id <= id) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
