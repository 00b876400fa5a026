import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DOMParser } from '@xmldom/xmldom';
import { EwsError, find, readResponse } from './response';

Object.assign(globalThis, { DOMParser });

const golden = (path: string) => readFileSync(`../../tests/Ews.ImService.Tests/Operations/${path}`, 'utf8');

test('The element of a response is returned', () => {
    const response = readResponse(golden('Personas/GetPersona/Response.xml'));
    assert.equal(response.localName, 'GetPersonaResponseMessage');
    assert.equal(find(response, 'PersonaId')?.getAttribute('Id'), 'generated');
});

test('An error response is an error with its code and text', () => {
    assert.throws(() => readResponse(golden('ImList/SetImGroup/Error.xml')), {
        responseCode: 'ErrorImGroupDisplayNameAlreadyExists',
        messageText: 'An IM group with the specified display name already exists.',
    });
});

test('An error in a batch is an error', () => {
    const response = golden('Items/GetItem/Response.xml').replace('ResponseClass="Success"', 'ResponseClass="Error"');
    assert.throws(() => readResponse(response), EwsError);
});

test('A SOAP fault is an error with its code and text', () => {
    assert.throws(() => readResponse(golden('ImList/AddImGroup/Fault.xml')), {
        responseCode: 'ErrorSchemaValidation',
        messageText: 'The request failed schema validation: An error occurred while parsing EntityName. Line 11, position 33.',
    });
});

test('Another XML document is not a response', () => assert.throws(() => readResponse('<a/>'), /not a SOAP message/));
