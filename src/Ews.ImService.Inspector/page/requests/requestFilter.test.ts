import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterOf, withFilters } from './requestFilter';

test('Only filters with values are kept', () => {
    assert.equal(filterOf(new URLSearchParams('operation=AddImGroup&mailbox=&limit=5')).toString(), 'operation=AddImGroup');
});

test('An empty value removes a filter', () => {
    const query = withFilters(new URLSearchParams('fault=busy&state=failed'), { fault: '', faulted: 'true' });

    assert.equal(query.toString(), 'state=failed&faulted=true');
});
