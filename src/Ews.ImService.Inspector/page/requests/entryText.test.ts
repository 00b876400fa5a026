import assert from 'node:assert/strict';
import { test } from 'node:test';
import { earlyText, isError, responseText, timeText } from './entryText';
import { exampleEntry } from './exampleEntry';

test('The time of day is UTC with milliseconds', () => {
    assert.equal(timeText('2026-11-21T08:30:00.1234567Z'), '08:30:00.123');
    assert.equal(timeText('2026-11-21T08:30:00+01:00'), '07:30:00.000');
});

test('The result is the response code or the HTTP status', () => {
    assert.equal(responseText(exampleEntry()), 'NoError');
    assert.equal(responseText(exampleEntry({ responseCode: null, status: 503 })), 'HTTP 503');
    assert.equal(responseText(exampleEntry({ state: 'arrived', responseCode: null, status: null })), 'in progress');
    assert.equal(responseText(exampleEntry({ state: 'failed', responseCode: null, status: null })), 'no response');
});

test('Errors are response codes, statuses and missing responses', () => {
    assert.equal(isError(exampleEntry()), false);
    assert.equal(isError(exampleEntry({ state: 'arrived', responseCode: null, status: null })), false);
    assert.equal(isError(exampleEntry({ responseCode: 'ErrorServerBusy' })), true);
    assert.equal(isError(exampleEntry({ responseCode: null, status: 401 })), true);
    assert.equal(isError(exampleEntry({ state: 'failed' })), true);
});

test('An early request states its distance to the end of the back-off', () => {
    assert.equal(earlyText(exampleEntry()), '');
    assert.equal(earlyText(exampleEntry({ earlyByMilliseconds: 1234.5 })), 'early by 1235 ms');
});
