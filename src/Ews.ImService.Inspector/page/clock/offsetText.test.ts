import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offsetText } from './offsetText';

const hour = 3_600_000;
const cases: [number, string][] = [
    [0, ''],
    [250, '+250 ms'],
    [-60_000, '-1 min'],
    [hour, '+1 h'],
    [hour + 90_500, '+1 h 1 min'],
    [-36 * hour, '-1 d 12 h'],
    [24 * hour + 1, '+1 d'],
    [24 * hour * 36_500, '+36,500 d'],
];

for (const [milliseconds, text] of cases)
    test(`The offset ${milliseconds} ms is shown as '${text}'`, () => assert.equal(offsetText(milliseconds), text));
