import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DOMParser, XMLSerializer } from '@xmldom/xmldom';
import { messagesNamespace } from './names';
import { id, text, writeRequest } from './request';

Object.assign(globalThis, { DOMParser, XMLSerializer });

test('A value is a text, whatever it contains', () => {
    const value = `</m:DisplayName><script>alert("1 & 2")</script>]]> '\u{1F600}`;
    const request = new DOMParser().parseFromString(writeRequest('AddImGroup', { name: 'm:DisplayName', text: value }), 'text/xml');
    assert.equal(request.getElementsByTagNameNS(messagesNamespace, 'DisplayName')[0]!.textContent, value);
    assert.equal(request.getElementsByTagName('script').length, 0);
});

test('An id is an attribute, whatever it contains', () => {
    const value = `"/><a b='<&`;
    const request = new DOMParser().parseFromString(writeRequest('RemoveImGroup', id('m:GroupId', value)), 'text/xml');
    assert.equal(request.getElementsByTagNameNS(messagesNamespace, 'GroupId')[0]!.getAttribute('Id'), value);
});

test('Parts without a value are omitted', () => {
    const request = writeRequest('AddNewImContactToGroup', text('m:DisplayName', ''), id('m:GroupId', undefined));
    assert.match(request, /<s:Body><m:AddNewImContactToGroup\/><\/s:Body>/);
});
