import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JournalChanges, JournalEntry } from '../control/stream';
import { EntryList } from './entryList';
import { exampleEntry } from './exampleEntry';

function entriesOf(...ids: number[]): JournalEntry[] {
    return ids.map((id) => exampleEntry({ id }));
}

function changesOf(ids: number[], other: Partial<JournalChanges> = {}): JournalChanges {
    return { reset: false, firstId: 1, lastId: ids.at(-1) ?? 0, skipped: 0, entries: entriesOf(...ids), removed: [], ...other };
}

/** Returns the ids in a list, the newest first. */
function idsOf(list: EntryList): (number | undefined)[] {
    return Array.from({ length: list.length }, (_, index) => list.at(index)?.id);
}

test('New entries come first', () => {
    const list = new EntryList();
    list.apply(changesOf([1, 2], { reset: true }));
    list.apply(changesOf([3]));

    assert.deepEqual(idsOf(list), [3, 2, 1]);
});

test('A changed entry keeps its place', () => {
    const list = new EntryList(entriesOf(1, 2, 3));
    list.apply(changesOf([], { entries: [exampleEntry({ id: 2, state: 'failed' })] }));

    assert.deepEqual(idsOf(list), [3, 2, 1]);
    assert.equal(list.find(2)?.state, 'failed');
});

test('An entry that matches later is inserted in the order of arrival', () => {
    const list = new EntryList(entriesOf(1, 3));
    list.apply(changesOf([2]));

    assert.deepEqual(idsOf(list), [3, 2, 1]);
});

test('A reset replaces all entries', () => {
    const list = new EntryList(entriesOf(7, 8));
    list.apply(changesOf([1], { reset: true, skipped: 4, firstId: -3 }));

    assert.deepEqual(idsOf(list), [1]);
    assert.equal(list.older, 4);
});

test('Entries that do not match any more are removed', () => {
    const list = new EntryList(entriesOf(1, 2, 3));
    list.apply(changesOf([], { removed: [2, 9] }));

    assert.deepEqual(idsOf(list), [3, 1]);
});

test('Entries that the journal evicted are removed', () => {
    const list = new EntryList(entriesOf(1, 2, 3));
    list.apply(changesOf([4], { firstId: 3 }));

    assert.deepEqual(idsOf(list), [4, 3]);
});

test('A cleared journal leaves no entries', () => {
    const list = new EntryList(entriesOf(4, 5));
    list.older = 3;
    list.apply(changesOf([], { firstId: 6 }));

    assert.deepEqual([idsOf(list), list.older], [[], 0]);
});

test('If entries are missing, the list continues before the new ones', () => {
    const list = new EntryList(entriesOf(1, 2));
    list.apply(changesOf([8, 9], { skipped: 5 }));

    assert.deepEqual(idsOf(list), [9, 8]);
    assert.equal(list.older, 7);
});

test('A page of older entries is added at the end', () => {
    const list = new EntryList(entriesOf(5));
    list.older = 4;
    list.addOlder(entriesOf(3, 4), list.end, false);
    assert.deepEqual([idsOf(list), list.older], [[5, 4, 3], 2]);

    list.addOlder(entriesOf(2), list.end, true);
    assert.deepEqual([idsOf(list), list.older], [[5, 4, 3, 2], 0]);
});

test('A page of older entries is ignored if the list was replaced while it was read', () => {
    for (const change of [changesOf([8, 9], { skipped: 3 }), changesOf([5], { reset: true, skipped: 4 })]) {
        const list = new EntryList(entriesOf(5));
        list.older = 4;
        const { end } = list;
        list.apply(change);
        const expected = [idsOf(list), list.older];
        list.addOlder(entriesOf(3, 4), end, false);

        assert.deepEqual([idsOf(list), list.older], expected);
    }
});

test('A page of older entries is ignored if entries were evicted while it was read', () => {
    const list = new EntryList(entriesOf(5, 6));
    list.older = 4;
    const { end } = list;
    list.apply(changesOf([7], { firstId: 6 }));
    list.addOlder(entriesOf(3, 4), end, true);

    assert.deepEqual(idsOf(list), [7, 6]);
});

test('A change of an older entry that is not in the list does not create a gap', () => {
    const list = new EntryList(entriesOf(8, 9));
    list.older = 7;
    list.apply(changesOf([3]));

    assert.deepEqual(idsOf(list), [9, 8]);
});

test('The index of a missing entry is that of the next older one', () => {
    const list = new EntryList(entriesOf(2, 4, 6));

    assert.deepEqual([7, 6, 5, 4, 1].map((id) => list.indexOf(id)), [0, 0, 1, 1, 3]); // prettier-ignore
});

test('A copy does not change with the list', () => {
    const list = new EntryList(entriesOf(1));
    const copy = list.copy();
    list.apply(changesOf([2]));

    assert.deepEqual(idsOf(copy), [1]);
});

test('The values of a property are listed once', () => {
    const list = new EntryList(['b', 'a', null, 'b'].map((operation, index) => exampleEntry({ id: index + 1, operation })));

    assert.deepEqual(list.valuesOf('operation'), ['a', 'b']);
});

test('All new entries are counted, also those that are skipped', () => {
    const list = new EntryList();
    list.apply(changesOf([1, 2], { reset: true }));
    const paused = list.copy();
    list.apply(changesOf([2, 3]));
    list.apply(changesOf([1400], { skipped: 1396, firstId: 401 }));

    assert.equal(list.arrived - paused.arrived, 1398);
});
