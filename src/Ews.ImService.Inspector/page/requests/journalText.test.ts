import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EntryList } from './entryList';
import { exampleEntry } from './exampleEntry';
import { countText, missingText } from './journalText';

function listOf(older: number, firstId: number, lastId: number): EntryList {
    return Object.assign(new EntryList([exampleEntry({ id: lastId })]), { older, firstId, lastId });
}

test('A complete journal has a number of requests', () => {
    assert.equal(countText(listOf(0, 1, 1), false), '1 request');
    assert.equal(missingText(listOf(0, 1, 1)), '');
});

test('A journal that evicted requests contains the newest ones', () => {
    const list = listOf(999, 5002, 6001);

    assert.equal(countText(list, false), 'the newest 1,000 of 6,001 requests');
    assert.equal(countText(list, true), '1,000 requests among the newest of 6,001');
    assert.equal(missingText(list), 'Requests 1 to 5,001 are no longer in the journal.');
});
