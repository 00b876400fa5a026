import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashOf, parseRoute } from './route';

test('A route has a view, names and a query', () => {
    const route = parseRoute('#/requests/17?operation=AddImGroup&contains=a%20b');

    assert.equal(route.view, 'requests');
    assert.deepEqual(route.names, ['17']);
    assert.deepEqual([...route.query], [['operation', 'AddImGroup'], ['contains', 'a b']]); // prettier-ignore
});

test('An empty fragment has no view', () => {
    for (const hash of ['', '#', '#/']) assert.deepEqual(parseRoute(hash), { view: '', names: [], query: new URLSearchParams() });
});

test('Names and values survive a round trip', () => {
    const name = 'a/b?c#d%e f\u00e9+"<script>';
    const route = parseRoute(hashOf('mailbox', [name], new URLSearchParams({ contains: name })));

    assert.deepEqual(route.names, [name]);
    assert.equal(route.query.get('contains'), name);
});

test('An invalid escape sequence is kept', () => assert.deepEqual(parseRoute('#/mailbox/100%').names, ['100%']));
