import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pagePathOf, realmOf } from './realm';

test('The path of a page contains the name of its realm', () => {
    assert.equal(realmOf('/'), '');
    assert.equal(realmOf('/realms/test-1/'), 'test-1');
    assert.equal(realmOf('/REALMS/Test/'), 'Test');
    assert.equal(realmOf('/base/realms/test/'), 'test');
});

test('The page of another realm has the same root', () => {
    assert.equal(pagePathOf('b', '/base/realms/a/'), '/base/realms/b/');
    assert.equal(pagePathOf('', '/base/Realms/a/'), '/base/');
    assert.equal(pagePathOf('b', '/'), '/realms/b/');
});
