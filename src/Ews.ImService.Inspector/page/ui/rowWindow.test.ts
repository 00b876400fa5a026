import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowWindow, scrollTopFor } from './rowWindow';

test('The rows around the visible ones are rendered', () => assert.deepEqual(rowWindow(2800, 280, 28, 10_000), { start: 92, end: 118 }));

test('The number of rendered rows does not depend on the number of rows', () => {
    const { start, end } = rowWindow(140_000, 280, 28, 1_000_000);

    assert.equal(end - start, 26);
});

test('Only existing rows are rendered', () => {
    assert.deepEqual(rowWindow(0, 280, 28, 3), { start: 0, end: 3 });
    assert.deepEqual(rowWindow(0, 280, 28, 0), { start: 0, end: 0 });
    assert.deepEqual(rowWindow(28_000, 280, 28, 3), { start: 0, end: 3 });
});

test('A visible row does not scroll', () => assert.equal(scrollTopFor(12, 280, 280, 28), 280));

test('A row above becomes the first visible row', () => assert.equal(scrollTopFor(3, 280, 280, 28), 84));

test('A row below becomes the last visible row', () => assert.equal(scrollTopFor(30, 0, 280, 28), 588));
