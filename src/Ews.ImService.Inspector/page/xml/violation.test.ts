import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DOMParser } from '@xmldom/xmldom';
import { readViolation } from './violation';

Object.assign(globalThis, { DOMParser });

const golden = (path: string) => readFileSync(`../../tests/Ews.ImService.Tests/Operations/${path}`, 'utf8');

test('The violation of a fault has a line, a position and a message', () => {
    assert.deepEqual(readViolation(golden('ImList/AddImGroup/Fault.xml')), {
        line: 11,
        position: 33,
        message: 'An error occurred while parsing EntityName. Line 11, position 33.',
    });
});

test('Other responses have none', () => {
    assert.equal(readViolation(golden('ImList/SetImGroup/Error.xml')), null);
    assert.equal(readViolation('<a><LinePosition>1</LinePosition></a>'), null);
    assert.equal(readViolation(''), null);
});
