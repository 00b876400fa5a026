import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterOf, parametersOf, withFilters } from './requestFilter';

test('Only filters with values are kept', () => {
    assert.equal(filterOf(new URLSearchParams('operation=AddImGroup&mailbox=&limit=5')).toString(), 'operation=AddImGroup');
});

test('Values that the service would reject are ignored', () => {
    const query = new URLSearchParams({ status: '5xx', state: 'lost', early: 'maybe', contains: 'a'.repeat(300), operation: 'AddImGrup' });

    assert.equal(filterOf(query).toString(), 'operation=AddImGrup');
});

test('A part of the name of an operation is enough', () => {
    assert.deepEqual(parametersOf(new URLSearchParams('operation=addim&status=200')), { operationContains: 'addim', status: '200' });
});

test('An empty value removes a filter', () => {
    const query = withFilters(new URLSearchParams('fault=busy&state=failed'), { fault: '', faulted: 'true' });

    assert.equal(query.toString(), 'state=failed&faulted=true');
});
